package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heads of one event loop are read from one buffer: what has come of one client's must not be written over by another's. */
class SlowWritersTest {

    private static final int CLIENTS = 5;
    private static final int LONG = 3_000; // two of them are longer than the buffer of a head

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer("io-threads", "1");
        server.paths.at("/name", SlowWritersTest::echo).eventLoop();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void eachIsAnsweredByWhatItHasSent() throws Exception {
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            slow.add(server.client());
        }
        for (int piece = 0; piece < pieces(0).size(); piece++) {
            for (int i = 0; i < CLIENTS; i++) {
                slow.get(i).send(pieces(i).get(piece));
                othersAreAnswered("quick" + i + "-" + piece); // so the piece before has been read
            }
        }
        for (int i = 0; i < CLIENTS; i++) {
            try (RawClient client = slow.get(i)) {
                assertThat(client.answer().text()).isEqualTo(name(i));
            }
        }
    }

    private void othersAreAnswered(String name) throws Exception {
        try (RawClient quick = server.client()) {
            quick.send("GET /name HTTP/1.1\r\nHost: x\r\nX-Name: " + name + "\r\n\r\n");
            assertThat(quick.answer().text()).isEqualTo(name);
        }
    }

    /** Within the request line, a name and a value. */
    private static List<String> pieces(int client) {
        String value = name(client);
        return List.of(
                "GET /na",
                "me HTTP/1.1\r\nHo",
                "st: x\r\nX-Name: " + value.substring(0, LONG / 2),
                value.substring(LONG / 2) + "\r\nX-Other: " + "o".repeat(LONG),
                "\r\n\r",
                "\n");
    }

    private static String name(int client) {
        return ("slow" + client + " ").repeat(LONG).substring(0, LONG - 1) + ".";
    }

    private static Response echo(Exchange exchange) {
        byte[] name = exchange.headers().first("x-name").orElseThrow().getBytes(StandardCharsets.US_ASCII);
        return Response.bytes("text/plain", name);
    }
}
