package dev.chassis.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.Service;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.websocket.HandshakeResponse;
import dev.chassis.testing.websocket.WebSocketRequest;
import dev.chassis.testing.websocket.WebSocketTestClient;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand handshakes that are wrong, beside a session that must not notice. */
class HostileUpgradesTest {

    private static final int ATTEMPTS = 10_000;
    private static final long MIB = 1024 * 1024;

    private static final List<UnaryOperator<WebSocketRequest>> WRONG = List.of(
            request -> request.without("Sec-WebSocket-Key"),
            request -> request.with("Sec-WebSocket-Key", "x".repeat(4_000)),
            request -> request.with("Sec-WebSocket-Key", "\u00ff\u0080"),
            request -> request.with("Sec-WebSocket-Version", "99"),
            request -> request.with("Sec-WebSocket-Version", "13, 13"),
            request -> request.with("Connection", "close"),
            request -> request.with("Connection", ",".repeat(2_000)),
            request -> request.with("Upgrade", "web socket"),
            request -> request.with("Origin", "https://evil.example"),
            request -> request.with("Origin", "null"),
            request -> request.without("Host"),
            request -> request.method("POST"),
            request -> request.with("X-Filler", "x".repeat(100_000)));

    @RegisterExtension
    final ChassisExtension service = ChassisExtension.of("hostile-service", HostileUpgradesTest::assemble);

    @Test
    void areRefusedAndLeaveNothing() {
        Random random = new Random(5);
        try (WebSocketTestClient other = Sockets.connect(service, "/echo")) {
            attempt(random, ATTEMPTS / 10); // what is loaded and allocated once
            long before = used();
            attempt(random, ATTEMPTS);
            other.sendText("still there?");
            assertThat(other.receiveText()).isEqualTo("still there?");
            assertThat(used() - before).isLessThan(16 * MIB);
        }
    }

    private void attempt(Random random, int count) {
        for (int i = 0; i < count; i++) {
            int which = random.nextInt(WRONG.size());
            HandshakeResponse response =
                    WRONG.get(which).apply(Sockets.to(service, "/echo")).attempt();
            assertThat(response.status()).as("wrong request %s", which).isBetween(400, 431);
        }
    }

    private static void assemble(Service service) {
        WebSockets sockets = service.add(WebSockets.from(service));
        service.http(routes -> routes.get("/echo", new Echo(sockets)));
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
