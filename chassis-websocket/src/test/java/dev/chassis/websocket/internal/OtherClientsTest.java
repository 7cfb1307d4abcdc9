package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol as other people's clients for Java understand it, compressed and not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherClientsTest {

    private static final List<String> TEXTS = List.of("", "short", "€ and 𝄞 ".repeat(5_000), "x".repeat(200_000));

    private EchoServer server;

    @BeforeAll
    void start() {
        server = new EchoServer(EchoServer.CONFORMANCE);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theOneOfTheJdk() throws Exception {
        check(new JdkClient(server.uri()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void okHttp(boolean deflate) throws Exception {
        check(new OkHttpClientOf(server.uri(), deflate));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void javaWebSocket(boolean deflate) throws Exception {
        check(new JavaWebSocketClient(server.uri(), deflate));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jetty(boolean deflate) throws Exception {
        check(new JettyClient(server.uri(), deflate));
    }

    private static void check(PeerClient client) throws Exception {
        try (client) {
            for (String text : TEXTS) {
                client.sendText(text);
                assertThat(client.next()).isEqualTo(text);
            }
            client.sendBinary(new byte[100_000]);
            assertThat(client.next()).isEqualTo(ByteBuffer.allocate(100_000));
            client.sendClose(3003);
            assertThat(client.next()).isEqualTo(3003);
        }
    }

    /** What all of them can do. What comes is a String, a ByteBuffer, the code at the end or what went wrong. */
    abstract static class PeerClient implements AutoCloseable {

        final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

        Object next() throws InterruptedException {
            return received.poll(60, TimeUnit.SECONDS);
        }

        abstract void sendText(String text) throws Exception;

        abstract void sendBinary(byte[] bytes) throws Exception;

        abstract void sendClose(int code) throws Exception;
    }
}
