package dev.chassis.example.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.Service;
import dev.chassis.client.ServiceClient;
import dev.chassis.client.ServiceClientConfig;
import dev.chassis.context.Correlation;
import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.http.Response;
import dev.chassis.messaging.Message;
import dev.chassis.messaging.Outcome;
import dev.chassis.messaging.Publisher;
import dev.chassis.messaging.RabbitConnection;
import dev.chassis.redis.RedisPool;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.Require;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every transport by every way to go on: the ids are on the line of the work, on the line about its failure, and on no line after it. */
@Timeout(120)
class PropagationMatrixTest {

    private static final Logger LOG = LoggerFactory.getLogger(PropagationMatrixTest.class);
    private static final String QUEUE = "matrix-" + UUID.randomUUID();
    private static final JsonMapper JSON = new JsonMapper();

    private static RedisPool<String, String> redis;
    private static Publisher publisher;
    private static ServiceClient client;
    private static Carrier.Threads threads;

    @RegisterExtension
    static final ChassisExtension SERVICE = ChassisExtension.of("matrix", PropagationMatrixTest::assemble);

    private static void assemble(Service service) {
        Require.server(DevServices.REDIS);
        Require.server(DevServices.RABBITMQ);
        threads = new Carrier.Threads(service.background());
        redis = service.add(RedisPool.from(service));
        client = service.add(ServiceClient.of("self", service.config("matrix.client", ServiceClientConfig.class)));
        RabbitConnection rabbit =
                service.add(RabbitConnection.from(service).topology(topology -> topology.queue(QUEUE)));
        publisher = service.add(rabbit.publisher(""));
        service.add(rabbit.consumer(QUEUE, delivery -> {
                    Carrier.valueOf(delivery.messageId()).run(PropagationMatrixTest::work, threads);
                    return Outcome.ack();
                })
                .maxAttempts(1));
        service.http(routes -> routes.get("/run/{carrier}", request -> {
                    Carrier.valueOf(request.path("carrier")).run(PropagationMatrixTest::work, threads);
                    return Response.text("done");
                })
                .get("/nothing", request -> Response.text("nothing")));
    }

    /** Logs, and fails with what must be on the line about it. */
    private static void work() {
        Correlation current = Correlation.current();
        String cell = current == null ? "lost" : current.id();
        LOG.info("working for {}", cell);
        throw new IllegalStateException("failure of " + cell);
    }

    enum Transport {
        HTTP_IN {
            @Override
            void deliver(String cell, Carrier carrier) {
                SERVICE.client().with("X-Correlation-Id", cell).get("/run/" + carrier);
            }
        },
        HTTP_OUT {
            @Override
            void deliver(String cell, Carrier carrier) {
                HttpRequest request =
                        HttpRequest.newBuilder(SERVICE.client().uri("/nothing")).build();
                under(
                        cell,
                        () -> client.send(request, BodyHandlers.ofString())
                                .thenRun(() -> carrier.run(PropagationMatrixTest::work, threads))
                                .whenComplete(PropagationMatrixTest::log));
            }
        },
        RABBIT_IN {
            @Override
            void deliver(String cell, Carrier carrier) {
                under(cell, () -> publisher.publish(QUEUE, Message.json(cell).withId(carrier.name())));
            }
        },
        RABBIT_OUT {
            @Override
            void deliver(String cell, Carrier carrier) {
                under(
                        cell,
                        () -> Correlation.wrap(publisher.publish("nowhere-" + QUEUE, Message.json(cell)))
                                .handle((result, unroutable) -> null)
                                .thenRun(() -> carrier.run(PropagationMatrixTest::work, threads))
                                .whenComplete(PropagationMatrixTest::log));
            }
        },
        REDIS {
            @Override
            void deliver(String cell, Carrier carrier) {
                under(
                        cell,
                        () -> RedisPool.carrying(redis.async().get("matrix"))
                                .thenRun(() -> carrier.run(PropagationMatrixTest::work, threads))
                                .whenComplete(PropagationMatrixTest::log));
            }
        },
        BACKGROUND {
            @Override
            void deliver(String cell, Carrier carrier) {
                under(
                        cell,
                        () -> threads.background.run(
                                "matrix", () -> carrier.run(PropagationMatrixTest::work, threads)));
            }
        };

        abstract void deliver(String cell, Carrier carrier);

        private static void under(String cell, Runnable begin) {
            try (Correlation.Scope scope = new Correlation(cell, "a".repeat(32)).open()) {
                begin.run();
            }
        }
    }

    private static void log(Object nothing, Throwable failure) {
        if (failure != null) {
            LOG.error("failed", failure);
        }
    }

    static Stream<Arguments> cells() {
        return Stream.of(Transport.values())
                .flatMap(transport -> Stream.of(Carrier.values()).map(carrier -> Arguments.of(transport, carrier)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void carriesTheCorrelationToEveryLine(Transport transport, Carrier carrier) throws Exception {
        String cell = (transport + "-" + carrier).toLowerCase(java.util.Locale.ROOT);
        transport.deliver(cell, carrier);

        String failure = "failure of " + cell;
        await().atMost(Duration.ofSeconds(30)).until(() -> lines().anyMatch(line -> tells(line, failure)));
        assertThat(lines().filter(line -> msg(line).equals("working for " + cell)))
                .isNotEmpty()
                .allMatch(line -> id(line).equals(cell));
        assertThat(lines().filter(line -> tells(line, failure))).allMatch(line -> id(line).equals(cell));
        assertThat(lines().map(PropagationMatrixTest::msg)).doesNotContain("working for lost");

        String after = "after " + cell;
        threads.onEach(() -> LOG.info(after));
        assertThat(lines().filter(line -> msg(line).equals(after)))
                .hasSizeGreaterThanOrEqualTo(24)
                .allMatch(line -> id(line).isEmpty());
    }

    private static Stream<JsonNode> lines() {
        List<String> lines = SERVICE.logs().lines();
        return lines.stream().map(JSON::readTree);
    }

    private static boolean tells(JsonNode line, String failure) {
        return line.path("error.stack").asString("").contains(failure + "\n")
                || msg(line).endsWith(failure);
    }

    private static String msg(JsonNode line) {
        return line.path("msg").asString("");
    }

    private static String id(JsonNode line) {
        return line.path("correlation_id").asString("");
    }

    @AfterAll
    static void close() throws Exception {
        threads.close();
        DevServer broker = Require.server(DevServices.RABBITMQ);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.url());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            for (String suffix : List.of("", ".dead", ".retry.5s", ".retry.30s", ".retry.2m", ".retry.10m")) {
                channel.queueDelete(QUEUE + suffix);
            }
        }
    }
}
