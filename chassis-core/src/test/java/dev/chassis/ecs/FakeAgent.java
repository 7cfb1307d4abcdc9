package dev.chassis.ecs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server with the paths and documents of the ECS agent: {@code /v4/<id>} about the container, {@code /v4/<id>/task} about the task.
 * What it answers can be changed per path.
 */
public final class FakeAgent implements AutoCloseable {

    /** The answer about the container. */
    public static final String CONTAINER = """
            {"DockerId":"0e5f0b1c2d3e4f5a6b7c8d9e0f1a2b3c-1234567890","Name":"orders","DockerName":"orders",
             "Image":"111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.2",
             "ImageID":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             "Labels":{"com.amazonaws.ecs.container-name":"orders","com.amazonaws.ecs.task-definition-family":"orders"},
             "DesiredStatus":"RUNNING","KnownStatus":"RUNNING","Limits":{"CPU":256,"Memory":768},
             "CreatedAt":"2026-11-20T09:00:00.123456789Z","StartedAt":"2026-11-20T09:00:01.123456789Z","Type":"NORMAL",
             "LogDriver":"awslogs","LogOptions":{"awslogs-group":"/ecs/orders","awslogs-region":"eu-west-1",
             "awslogs-stream":"ecs/orders/0e5f0b1c2d3e4f5a6b7c8d9e0f1a2b3c","mode":"non-blocking","max-buffer-size":"25m"},
             "Networks":[{"NetworkMode":"awsvpc","IPv4Addresses":["10.0.1.17"],"AttachmentIndex":0}],"Snapshotter":"overlayfs"}
            """;

    /** The answer about the task. */
    public static final String TASK = """
            {"Cluster":"arn:aws:ecs:eu-west-1:111122223333:cluster/games",
             "TaskARN":"arn:aws:ecs:eu-west-1:111122223333:task/games/0e5f0b1c2d3e4f5a6b7c8d9e0f1a2b3c","Family":"orders","Revision":"42",
             "ServiceName":"orders","DesiredStatus":"RUNNING","KnownStatus":"RUNNING","Limits":{"CPU":0.25,"Memory":1024},
             "PullStartedAt":"2026-11-20T08:59:50.1Z","PullStoppedAt":"2026-11-20T08:59:58.2Z","AvailabilityZone":"eu-west-1b",
             "LaunchType":"FARGATE","Containers":[{"Name":"orders"},{"Name":"log_router"}],
             "ClockDrift":{"ClockErrorBound":0.5,"ReferenceTimestamp":"2026-11-20T08:59:00Z","ClockSynchronizationStatus":"SYNCHRONIZED"},
             "EphemeralStorageMetrics":{"Utilized":100,"Reserved":20496},"FaultInjectionEnabled":false}
            """;

    private static final String BASE = "/v4/0e5f0b1c2d3e4f5a6b7c8d9e0f1a2b3c-1234567890";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** How a path is answered. */
    @FunctionalInterface
    public interface Behaviour {

        /** Answers. */
        void answer(HttpExchange exchange, String body) throws IOException;
    }

    /** A server that runs and answers as the agent of a healthy task. */
    public FakeAgent() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        on(BASE, json(200, CONTAINER));
        on(BASE + "/task", json(200, TASK));
    }

    /** What the process would find in its environment. */
    public Map<String, String> environment() {
        return Map.of(EcsMetadata.VARIABLE, origin() + BASE, "ECS_AGENT_URI", origin() + "/api/agent");
    }

    /** Answers every request about the container so from now on. */
    public void container(Behaviour behaviour) {
        on(BASE, behaviour);
    }

    /** Answers every request about the task so from now on. */
    public void task(Behaviour behaviour) {
        on(BASE + "/task", behaviour);
    }

    /** Answers a path so from now on. */
    public void on(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
    }

    /** Method, path and body of each request, as they came. */
    public List<String> requests() {
        return requests;
    }

    /** Answers at once. */
    public static Behaviour json(int status, String body) {
        return (exchange, request) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Never answers. */
    public Behaviour silence() {
        return (exchange, request) -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            requests.add((exchange.getRequestMethod() + " " + path + " " + body).strip());
            behaviours.getOrDefault(path, json(404, "")).answer(exchange, body);
        }
    }
}
