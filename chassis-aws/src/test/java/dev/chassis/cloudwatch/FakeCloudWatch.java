package dev.chassis.cloudwatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * An HTTP server that takes metrics as CloudWatch does, in the protocol that the SDK speaks with it (Smithy RPC v2 CBOR), which moto 5.2 does not
 * speak; or refuses them as CloudWatch does.
 */
final class FakeCloudWatch implements AutoCloseable {

    private static final String PUT = "/service/GraniteServiceVersion20100801/operation/PutMetricData";

    /** One metric datum as it came. */
    record Datum(
            String namespace, String name, Map<String, String> dimensions, double value, String unit, int resolution) {}

    private final ObjectMapper cbor = new CBORMapper();
    private final HttpServer server;
    private final List<Datum> data = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable Refusal refusal;

    private record Refusal(int status, String code, String message, AtomicInteger left) {}

    FakeCloudWatch() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Refuses every call from now on. */
    void refuse(int status, String code, String message) {
        refuse(Integer.MAX_VALUE, status, code, message);
    }

    /** Refuses the next calls. */
    void refuse(int times, int status, String code, String message) {
        refusal = new Refusal(status, code, message, new AtomicInteger(times));
    }

    /** Takes what comes from now on. */
    void accept() {
        refusal = null;
    }

    String endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort()).toString();
    }

    int calls() {
        return calls.get();
    }

    List<Datum> data(String namespace) {
        return data.stream()
                .filter(datum -> datum.namespace().equals(namespace))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = cbor.readTree(body(exchange));
            calls.incrementAndGet();
            Refusal no = refusal;
            exchange.getResponseHeaders().set("Content-Type", "application/cbor");
            exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
            if (!exchange.getRequestURI().getPath().equals(PUT)) {
                send(exchange, 404, Map.of("__type", "UnknownOperationException"));
            } else if (no != null && no.left().getAndDecrement() > 0) {
                exchange.getResponseHeaders().set("x-amzn-query-error", no.code() + ";Sender");
                send(
                        exchange,
                        no.status(),
                        Map.of("__type", "com.amazonaws.cloudwatch#" + no.code(), "message", no.message()));
            } else {
                String namespace = request.path("Namespace").asString();
                request.path("MetricData").forEach(datum -> data.add(datum(namespace, datum)));
                send(exchange, 200, Map.of());
            }
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream raw = exchange.getRequestBody();
        try (InputStream body = zipped ? new GZIPInputStream(raw) : raw) {
            return body.readAllBytes();
        }
    }

    private void send(HttpExchange exchange, int status, Map<String, String> answer) throws IOException {
        byte[] bytes = cbor.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Datum datum(String namespace, JsonNode datum) {
        Map<String, String> dimensions = new HashMap<>();
        datum.path("Dimensions")
                .forEach(pair -> dimensions.put(
                        pair.path("Name").asString(), pair.path("Value").asString()));
        return new Datum(
                namespace,
                datum.path("MetricName").asString(),
                dimensions,
                datum.path("Value").asDouble(),
                datum.path("Unit").asString(""),
                datum.path("StorageResolution").asInt(0));
    }
}
