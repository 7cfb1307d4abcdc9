package dev.chassis.example.games;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as CloudWatch does to PutMetricData: in CBOR (RFC 8949), in which text is UTF-8 as it stands. Takes everything. */
final class CloudWatchAnswers implements AutoCloseable {

    private static final byte[] EMPTY_MAP = {(byte) 0xa0};

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    CloudWatchAnswers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/service/GraniteServiceVersion20100801/operation/PutMetricData", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whether a call had all of these texts. */
    boolean has(String... texts) {
        return bodies.stream().anyMatch(body -> List.of(texts).stream().allMatch(body::contains));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.getResponseHeaders().set("Content-Type", "application/cbor");
            exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
            exchange.sendResponseHeaders(200, EMPTY_MAP.length);
            exchange.getResponseBody().write(EMPTY_MAP);
        }
    }
}
