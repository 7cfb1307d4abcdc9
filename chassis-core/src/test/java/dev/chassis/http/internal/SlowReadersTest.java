package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of one event loop share a buffer: what waits for one client must not be written over by what is said to another. */
class SlowReadersTest {

    private static final int BODY = 12_000;
    private static final int REQUESTS = 700; // more than the kernel keeps for a client that does not read
    private static final int SMALL_WINDOW = 4 * 1024;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer("io-threads", "1", "compression.enabled", "false");
        server.paths.at("/big", SlowReadersTest::echo).eventLoop();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void eachGetsItsOwnAnswers() throws Exception {
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawClient client = new RawClient(server.http.port(), SMALL_WINDOW);
            slow.add(client);
            client.send(requests("slow" + i, REQUESTS));
        }
        try (RawClient quick = server.client()) {
            for (int i = 0; i < REQUESTS; i++) {
                quick.send(requests("quick" + i, 1));
                assertThat(quick.answer().body()).isEqualTo(body("quick" + i + "-0"));
            }
        }
        for (int i = 0; i < slow.size(); i++) {
            try (RawClient client = slow.get(i)) {
                for (int n = 0; n < REQUESTS; n++) {
                    assertThat(client.answer().body()).isEqualTo(body("slow" + i + "-" + n));
                }
            }
        }
    }

    private static Response echo(Exchange exchange) {
        return Response.bytes(
                "text/plain", body(exchange.headers().first("x-name").orElseThrow()));
    }

    private static String requests(String name, int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append("GET /big HTTP/1.1\r\nHost: x\r\nX-Name: " + name + "-" + i + "\r\n\r\n");
        }
        return all.toString();
    }

    private static byte[] body(String name) {
        return (name + " ").repeat(BODY / name.length()).substring(0, BODY).getBytes(StandardCharsets.US_ASCII);
    }
}
