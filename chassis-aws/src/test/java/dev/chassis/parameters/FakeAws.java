package dev.chassis.parameters;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chassis.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that refuses as Systems Manager and Secrets Manager do (AWS JSON 1.1: a status of 400, the code in {@code __type}), which moto does
 * not. What it does not refuse is a parameter of text {@code value of <name>}.
 */
final class FakeAws implements AutoCloseable {

    /** A refusal, or none. */
    record Refusal(String code, String message) {}

    /** One call as it came. */
    record Call(String action, Map<?, ?> body) {

        List<?> names() {
            if (action.equals("AmazonSSM.GetParameters")) {
                return (List<?>) Objects.requireNonNull(body.get("Names"));
            }
            return List.of(Objects.requireNonNull(body.get(body.containsKey("SecretId") ? "SecretId" : "Path")));
        }
    }

    private final Json json = new Json();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> below = new ConcurrentHashMap<>();
    private final CountDownLatch called = new CountDownLatch(1);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final AtomicInteger throttled = new AtomicInteger();

    private volatile @Nullable Silence silence;

    /** An answer that begins and does not go on. */
    private record Silence(Duration delay, CountDownLatch end) {

        void keep(HttpExchange exchange) throws IOException, InterruptedException {
            end.await(delay.toMillis(), TimeUnit.MILLISECONDS);
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            end.await();
        }
    }

    FakeAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Refuses every call that names this. */
    void refuse(String name, String code, String message) {
        refusals.put(name, new Refusal(code, message));
    }

    void allow(String name) {
        refusals.remove(name);
    }

    /** The text of a secret from now on. */
    void secret(String name, String text) {
        secrets.put(name, text);
    }

    /** A parameter below whatever path is asked for. */
    void below(String name, String text) {
        below.put(name, text);
    }

    /** No call is answered before this is counted down. */
    CountDownLatch hold() {
        held = new CountDownLatch(1);
        return held;
    }

    /** The next call is answered with the first byte so much later, and with the others when this is counted down. */
    CountDownLatch fallSilentAfter(Duration delay) {
        CountDownLatch end = new CountDownLatch(1);
        silence = new Silence(delay, end);
        return end;
    }

    /** Returns when there has been a call. */
    void awaitCall() throws InterruptedException {
        if (!called.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("no call");
        }
    }

    /** The most calls that were there at the same time. */
    int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** Throttles the next calls. */
    void throttle(int calls) {
        throttled.set(calls);
    }

    List<Call> calls() {
        return calls;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
            Map<?, ?> body = json.decode(exchange.getRequestBody().readAllBytes(), Map.class);
            Call call = new Call(exchange.getRequestHeaders().getFirst("X-Amz-Target"), body);
            calls.add(call);
            called.countDown();
            held.await();
            Silence silent = silence;
            silence = null;
            if (silent != null) {
                silent.keep(exchange);
                return;
            }
            now.decrementAndGet(); // before the client knows
            answer(exchange, call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, Call call) throws IOException {
        if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            send(exchange, 400, Map.of("__type", "ThrottlingException", "message", "Rate exceeded"));
            return;
        }
        for (Object name : call.names()) {
            Refusal refusal = refusals.get(String.valueOf(name));
            if (refusal != null) {
                send(exchange, 400, Map.of("__type", refusal.code(), "Message", refusal.message()));
                return;
            }
        }
        send(exchange, 200, values(call));
    }

    private Map<String, Object> values(Call call) {
        Function<Object, Map<String, Object>> parameter = name -> Map.of("Name", name, "Value", "value of " + name);
        return switch (call.action()) {
            case "secretsmanager.GetSecretValue" ->
                Map.of("SecretString", secret(String.valueOf(call.names().get(0))));
            case "AmazonSSM.GetParameters" ->
                Map.of("Parameters", call.names().stream().map(parameter).toList());
            default ->
                Map.of(
                        "Parameters",
                        below.entrySet().stream()
                                .map(one -> Map.of("Name", one.getKey(), "Value", one.getValue()))
                                .toList());
        };
    }

    private String secret(String name) {
        return secrets.getOrDefault(name, "value of " + name);
    }

    private void send(HttpExchange exchange, int status, Map<String, ?> answer) throws IOException {
        byte[] bytes = json.encode(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
