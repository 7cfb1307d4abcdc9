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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is asked is understood by an ECS that others have written: moto, in which a real task definition runs a task that is stopped. */
class MotoEcsTest {

    private static final String CLUSTER = "games";

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

    /** One that moto runs, which it does on Fargate without any machine. */
    private String runTask(URI moto) throws Exception {
        Map<?, ?> vpc =
                Map.of("awsvpcConfiguration", Map.of("subnets", List.of(subnet(moto)), "securityGroups", List.of()));
        call(moto, "CreateCluster", Map.of("clusterName", CLUSTER));
        call(
                moto,
                "RegisterTaskDefinition",
                Map.of(
                        "family",
                        CLUSTER,
                        "requiresCompatibilities",
                        List.of("FARGATE"),
                        "networkMode",
                        "awsvpc",
                        "cpu",
                        "256",
                        "memory",
                        "512",
                        "containerDefinitions",
                        List.of(Map.of("name", CLUSTER, "image", "games", "essential", true))));
        Map<?, ?> answer = call(
                moto,
                "RunTask",
                Map.of(
                        "cluster",
                        CLUSTER,
                        "taskDefinition",
                        CLUSTER,
                        "launchType",
                        "FARGATE",
                        "networkConfiguration",
                        vpc));
        Map<?, ?> task = (Map<?, ?>) ((List<?>) Objects.requireNonNull(answer.get("tasks"))).get(0);
        return String.valueOf(task.get("taskArn"));
    }

    /** One of the network that moto has to begin with. */
    private static String subnet(URI moto) throws Exception {
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(moto.resolve("/?Action=DescribeSubnets&Version=2016-11-15"))
                                .header("Authorization", authorization("ec2"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        Matcher subnet = Pattern.compile("subnet-[0-9a-f]+").matcher(answer);
        assertThat(subnet.find()).as(answer).isTrue();
        return subnet.group();
    }

    /** By which moto knows whom a call is for; it checks no signature. */
    private static String authorization(String service) {
        return "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/" + service
                + "/aws4_request, SignedHeaders=host, Signature=none";
    }

    private Map<?, ?> call(URI moto, String action, Map<?, ?> body) throws Exception {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(moto)
                                .header("Content-Type", "application/x-amz-json-1.1")
                                .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + action)
                                .header("Authorization", authorization("ecs"))
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
