package dev.chassis.departure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chassis.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/**
 * What a task has around it: the metadata endpoint, version 4, and ECS, which answers DescribeTasks as it does over the wire (AWS JSON 1.1), and
 * refuses as it does, which moto does not. Every answer of ECS is what was said last.
 */
final class FakeEcs implements AutoCloseable {

    static final String CLUSTER = "arn:aws:ecs:eu-west-1:123456789012:cluster/games";
    static final String TASK = "arn:aws:ecs:eu-west-1:123456789012:task/games/0123456789abcdef0123456789abcdef";

    /** One question as it came. */
    record Question(String target, String authorization, Map<?, ?> body) {}

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final Json json = new Json();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private volatile Answer answer = exchange -> {};

    FakeEcs() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/v4/container",
                exchange ->
                        send(exchange, 200, json.encode(Map.of("Name", "games", "Image", "games", "ImageID", "x"))));
        server.createContext(
                "/v4/container/task",
                exchange -> send(
                        exchange,
                        200,
                        json.encode(Map.of(
                                "Cluster",
                                CLUSTER,
                                "TaskARN",
                                TASK,
                                "DesiredStatus",
                                "RUNNING",
                                "KnownStatus",
                                "RUNNING"))));
        server.createContext("/", this::asked);
        server.start();
        says("RUNNING", "RUNNING", "");
    }

    /** For {@code ECS_CONTAINER_METADATA_URI_V4}. */
    String metadata() {
        return endpoint() + "/v4/container";
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void says(String lastStatus, String desiredStatus, String reason) {
        Map<String, String> task = Map.of(
                "taskArn", TASK, "lastStatus", lastStatus, "desiredStatus", desiredStatus, "stoppedReason", reason);
        byte[] body = json.encode(Map.of("tasks", List.of(task), "failures", List.of()));
        answer = exchange -> send(exchange, 200, body);
    }

    void refuses(int status, String code, String message) {
        byte[] body = json.encode(Map.of("__type", "com.amazonaws.ecs.v20141113#" + code, "message", message));
        answer = exchange -> send(exchange, status, body);
    }

    void answers(int status, String body) {
        answer = exchange -> send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Never; the connection stays open. */
    void hangs() {
        answer = exchange -> forEver();
    }

    /** A byte now and then, for ever. */
    void drips() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!Thread.currentThread().isInterrupted()) {
                    body.write(' ');
                    body.flush();
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    List<Question> questions() {
        return questions;
    }

    /** Returns when there have been so many more questions. */
    void awaitQuestions(int more) {
        int least = questions.size() + more;
        Awaitility.await("questions").atMost(DepartureWatchTest.PATIENCE).until(() -> questions.size() >= least);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    private void asked(HttpExchange exchange) throws IOException {
        questions.add(new Question(
                exchange.getRequestHeaders().getFirst("X-Amz-Target"),
                exchange.getRequestHeaders().getFirst("Authorization"),
                json.decode(exchange.getRequestBody().readAllBytes(), Map.class)));
        answer.to(exchange);
    }

    private static void forEver() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
