package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a server that is not ours: it answers with what it was asked. */
class TestClientTest {

    private HttpServer server;
    private TestClient client;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, 200));
        server.createContext("/missing", exchange -> answer(exchange, 404));
        server.start();
        client = TestClient.of(server.getAddress().getPort());
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void sendsAValueAsJsonAndReadsOneBack() {
        TestResponse response = client.post("/x?y=1", new Point(1, 2));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-asked")).contains("POST /x?y=1 application/json");
        assertThat(response.json(Point.class)).isEqualTo(new Point(1, 2));
        assertThat(response.json().at("/y").asInt()).isEqualTo(2);
    }

    @Test
    void sendsTextAsItIs() {
        assertThat(client.put("/x", "{").body()).isEqualTo("{");
    }

    @Test
    void asksWithoutBodyAndContentType() {
        assertThat(client.get("/x").header("x-asked")).contains("GET /x null");
        assertThat(client.delete("/x").header("x-asked")).contains("DELETE /x null");
    }

    @Test
    void sendsTheHeadersItWasGivenAndLeavesTheOriginalAlone() {
        assertThat(client.with("x-echo", "a").get("/x").header("x-echo")).contains("a");
        assertThat(client.get("/x").header("x-echo")).isEmpty();
    }

    @Test
    void aMemberTheTypeDoesNotHaveIsAFailure() {
        TestResponse response = client.post("/x", "{\"x\":1,\"y\":2,\"z\":3}");

        assertThatThrownBy(() -> response.json(Point.class)).hasMessageContaining("\"z\"");
    }

    @Test
    void readsLinesOnlyFromAnAnswerThatIsGood() {
        try (Stream<String> lines = client.lines("/x")) {
            assertThat(lines).isEmpty();
        }
        assertThatThrownBy(() -> client.lines("/missing"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("GET /missing: 404 (expected: 200)");
    }

    @Test
    void saysWhatItAskedWhenNobodyAnswers() {
        server.stop(0);
        assertThatThrownBy(() -> client.get("/x"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("GET http://127.0.0.1:");
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String echo = exchange.getRequestHeaders().getFirst("x-echo");
        if (echo != null) {
            exchange.getResponseHeaders().set("x-echo", echo);
        }
        exchange.getResponseHeaders().set("x-asked", asked(exchange));
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String asked(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("content-type");
        return exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + type;
    }

    record Point(int x, int y) {}
}
