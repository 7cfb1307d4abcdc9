package dev.chassis.departure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.chassis.PlatformConfig;
import dev.chassis.config.Configuration;
import dev.chassis.ecs.EcsMetadata;
import dev.chassis.json.Json;
import dev.chassis.parameters.MotoServer;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is asked is understood by an ECS that others have written: moto, in which a task runs and is stopped. */
class MotoEcsTest {

    private static final String CLUSTER = "games";

    /** By which moto knows whom a call is for; it checks no signature. */
    private static final String AUTHORIZATION =
            "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=none";

    private final Json json = new Json();
    private final Queue<Departure> seen = new ConcurrentLinkedQueue<>();

    @Test
    void aTaskThatIsStoppedDeparts() throws Exception {
        try (MotoServer moto = MotoServer.start()) {
            String task = runTask(moto.endpoint());
            HttpServer agent = agent(task);
            DepartureWatch watch = watch(moto.endpoint(), agent).onDeparture(seen::add);
            try {
                watch.start(Deadline.after(DepartureWatchTest.PATIENCE));
                call(moto.endpoint(), "StopTask", Map.of("cluster", CLUSTER, "task", task, "reason", "a deployment"));
                Awaitility.await("the departure")
                        .atMost(DepartureWatchTest.PATIENCE)
                        .until(() -> !seen.isEmpty());
                assertThat(seen).singleElement().satisfies(departure -> {
                    assertThat(departure.desiredStatus()).isEqualTo("STOPPED");
                    assertThat(departure.reason()).isEqualTo("a deployment");
                });
            } finally {
                watch.stop(Deadline.after(DepartureWatchTest.PATIENCE));
                agent.stop(0);
            }
        }
    }

    /** One that moto runs, without any network, which its ECS wants of its EC2. */
    private String runTask(URI moto) throws Exception {
        call(moto, "CreateCluster", Map.of("clusterName", CLUSTER));
        Map<?, ?> container = Map.of("name", CLUSTER, "image", "games", "essential", true, "memory", 512);
        call(moto, "RegisterTaskDefinition", Map.of("family", CLUSTER, "containerDefinitions", List.of(container)));
        Map<?, ?> answer =
                call(moto, "RunTask", Map.of("cluster", CLUSTER, "taskDefinition", CLUSTER, "launchType", "FARGATE"));
        Map<?, ?> task = (Map<?, ?>) ((List<?>) Objects.requireNonNull(answer.get("tasks"))).get(0);
        return String.valueOf(task.get("taskArn"));
    }

    private Map<?, ?> call(URI moto, String action, Map<?, ?> body) throws Exception {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(moto)
                                .header("Content-Type", "application/x-amz-json-1.1")
                                .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + action)
                                .header("Authorization", AUTHORIZATION)
                                .POST(BodyPublishers.ofByteArray(json.encode(body)))
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(200);
        return json.decode(answer.body(), Map.class);
    }

    private HttpServer agent(String task) throws IOException {
        HttpServer agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = json.encode(Map.of("Name", CLUSTER, "TaskARN", task, "Cluster", CLUSTER));
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        agent.start();
        return agent;
    }

    private static DepartureWatch watch(URI moto, HttpServer agent) {
        Configuration configuration = Configuration.load(
                Map.of(),
                Map.of(),
                Map.of("chassis.departure.interval", "1s", "chassis.departure.endpoint", moto.toString()));
        DepartureConfig config = configuration.bind(DepartureConfig.class);
        PlatformConfig platform = configuration.bind(PlatformConfig.class);
        configuration.verify();
        String uri = "http://127.0.0.1:" + agent.getAddress().getPort() + "/v4/x";
        return new DepartureWatch(config, platform, Map.of(EcsMetadata.VARIABLE, uri));
    }
}
