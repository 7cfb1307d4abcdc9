package dev.chassis.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.Chassis;
import dev.chassis.RunningService;
import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.messaging.Outcome;
import dev.chassis.messaging.RabbitConnection;
import dev.chassis.testing.Require;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Services that consume one queue of a real broker and tell how much waits for each of them. */
class BacklogTest {

    private static final int MESSAGES = 1000;
    private static final int FETCHED = 1; // by each

    private final DevServer rabbit = Require.server(DevServices.RABBITMQ);
    private final String queue = "test-" + UUID.randomUUID();
    private final CountDownLatch held = new CountDownLatch(1);

    @Test
    void eachTaskTellsWhatWaitsByTheNumberOfTasks() throws Exception {
        try (FakeCloudWatch cloudWatch = new FakeCloudWatch();
                Connection connection = connect();
                Channel channel = connection.createChannel()) {
            try {
                channel.queueDeclare(queue, true, false, false, Map.of());
                channel.confirmSelect();
                for (int i = 0; i < MESSAGES; i++) {
                    channel.basicPublish("", queue, null, "x".getBytes(StandardCharsets.UTF_8));
                }
                channel.waitForConfirmsOrDie(30_000);
                try (RunningService one = start("one", cloudWatch);
                        RunningService two = start("two", cloudWatch)) {
                    for (String service : List.of("one", "two")) {
                        awaitBacklog(cloudWatch, service, (MESSAGES - 2 * FETCHED) / 2.0);
                    }
                    held.countDown();
                    awaitBacklog(cloudWatch, "one", 0);
                    assertThat(cloudWatch.data("Chassis"))
                            .allSatisfy(datum -> assertThat(datum.name()).isEqualTo("QueueBacklogPerTask"))
                            .allSatisfy(datum -> assertThat(datum.unit()).isEqualTo("Count"));
                }
            } finally {
                held.countDown();
                for (String suffix : List.of("", ".dead", ".retry.5s", ".retry.30s", ".retry.2m", ".retry.10m")) {
                    channel.queueDelete(queue + suffix);
                }
            }
        }
    }

    private static void awaitBacklog(FakeCloudWatch cloudWatch, String service, double backlog) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> cloudWatch.data("Chassis").stream()
                        .anyMatch(datum ->
                                service.equals(datum.dimensions().get("Service")) && datum.value() == backlog));
    }

    private RunningService start(String name, FakeCloudWatch cloudWatch) {
        Map<String, String> settings = Map.of(
                "chassis.admin.port",
                "0",
                "chassis.drain.quiet-period",
                "0s",
                "chassis.rabbit.addresses",
                URI.create(rabbit.url()).getAuthority(),
                "chassis.rabbit.username",
                rabbit.username(),
                "chassis.rabbit.password",
                rabbit.password(),
                "chassis.cloudwatch.scaling-namespace",
                "Chassis",
                "chassis.cloudwatch.scaling-step",
                "1s",
                "chassis.cloudwatch.endpoint",
                cloudWatch.endpoint());
        return Chassis.start(name, settings, service -> {
            RabbitConnection connection = service.add(RabbitConnection.from(service));
            service.add(connection
                    .consumer(queue, delivery -> {
                        held.await();
                        return Outcome.ack();
                    })
                    .concurrency(FETCHED)
                    .prefetch(FETCHED)
                    .measuringBacklog());
            service.add(ScalingMetrics.of(service.name(), service.config(CloudWatchConfig.class))
                    .queueBacklogPerTask());
        });
    }

    private Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(rabbit.url());
        if (!rabbit.username().isEmpty()) {
            factory.setUsername(rabbit.username());
            factory.setPassword(rabbit.password());
        }
        return factory.newConnection("test");
    }
}
