package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.testing.websocket.Received;
import dev.chassis.testing.websocket.WebSocketTestClient;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that mean harm, and one beside them that must not notice. Sizes are counted; times are only waited for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsTest {

    private static final int MIB = 1024 * 1024;

    /** The default limits, but any number of control frames, so that only back-pressure is left to hold against them. */
    private static final ProtocolSettings UNLIMITED_PINGS =
            new ProtocolSettings(256 * 1024, 1_024, 100, 0, TimeUnit.SECONDS.toNanos(5));

    private EchoServer server;

    @BeforeAll
    void start() {
        server = new EchoServer(UNLIMITED_PINGS);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void bombsEndWith1009AndLeaveNothing() {
        try (WebSocketTestClient other = WebSocketTestClient.connect(server.uri())) {
            byte[] single = ClientBytes.deflated(new byte[32 * MIB]);
            byte[] ratio = ClientBytes.deflated(new byte[200 * 1024]); // within the length, beyond the ratio
            long before = used();
            for (int i = 0; i < 200; i++) {
                bomb(0xc2, i % 2 == 0 ? single : ratio);
            }
            assertServed(other);
            assertThat(used() - before).isLessThan(32 * MIB);
        }
    }

    private void bomb(int first, byte[] payload) {
        try (WebSocketTestClient client =
                WebSocketTestClient.to(server.uri()).deflate().connect()) {
            client.sendFrame(first, payload);
            assertThat(client.awaitClose()).isEqualTo(CloseCodes.TOO_BIG);
            assertThat(client.receive().kind()).isEqualTo(Received.Kind.END);
        }
    }

    @Test
    void pingsWithoutReadingMakeNothingGrow() throws Exception {
        try (WebSocketTestClient other = WebSocketTestClient.connect(server.uri());
                WebSocketTestClient flooder = WebSocketTestClient.connect(server.uri())) {
            ClientBytes pings = ClientBytes.of();
            for (int i = 0; i < 500; i++) {
                pings.frame(0x89, new byte[125]);
            }
            byte[] many = pings.bytes();
            long before = used();
            for (int i = 0; i < 500; i++) { // 32 MB of pongs, were all of them kept
                flooder.sendBytes(many);
            }
            flooder.sendFrame(0x89, "the last".getBytes("UTF-8"));
            assertServed(other);
            assertThat(used() - before).isLessThan(16 * MIB);
            Received pong = flooder.receive();
            int pongs = 1;
            while (!pong.text().equals("the last")) {
                pong = flooder.receive();
                pongs++;
            }
            assertThat(pongs).isLessThan(250_001);
            assertServed(flooder);
        }
    }

    @Test
    void messagesWithoutReadingTheEchoesMakeNothingGrow() throws Exception {
        try (WebSocketTestClient other = WebSocketTestClient.connect(server.uri());
                WebSocketTestClient greedy = WebSocketTestClient.connect(server.uri())) {
            long before = used();
            Thread sender = new Thread(
                    () -> { // blocks when the server reads no more
                        for (int i = 0; i < 500; i++) {
                            greedy.sendBinary(new byte[128 * 1024]);
                        }
                    });
            sender.setDaemon(true);
            sender.start();
            assertServed(other);
            sender.join(2_000); // it is stuck long before
            assertThat(sender.isAlive()).isTrue();
            assertThat(used() - before).isLessThan(16 * MIB);
            for (int i = 0; i < 500; i++) {
                assertThat(greedy.receiveBinary()).hasSize(128 * 1024);
            }
        }
    }

    @Test
    void clientsThatCutTheConnectionLeaveNothing() {
        int before = server.open.get();
        List<WebSocketTestClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            WebSocketTestClient client =
                    WebSocketTestClient.to(server.uri()).deflate().connect();
            client.sendFrame(0x41, new byte[] {(byte) 0xf2, 0x48}); // in the middle of a compressed message
            clients.add(client);
        }
        clients.forEach(WebSocketTestClient::close);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> server.open.get() <= before);
    }

    private static void assertServed(WebSocketTestClient client) {
        client.sendText("still there?");
        assertThat(client.receiveText()).isEqualTo("still there?");
    }

    /** Heap that is in use after a collection, and all of netty's arenas. */
    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory()
                - runtime.freeMemory()
                + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
