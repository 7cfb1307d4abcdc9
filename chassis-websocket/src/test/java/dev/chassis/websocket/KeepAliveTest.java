package dev.chassis.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.config.ConfigException;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.websocket.Received;
import dev.chassis.testing.websocket.WebSocketTestClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is gone is found, who is there stays, and nobody stays for ever. */
class KeepAliveTest {

    private final Queue<String> ends = new ConcurrentLinkedQueue<>();

    @RegisterExtension
    final ChassisExtension service = ChassisExtension.of("keep-alive-service", this::assemble)
            .config("chassis.websocket.ping-interval", "500ms")
            .config("chassis.websocket.max-session-age", "6s");

    @Test
    void pingsWhoAnswersUntilTheSessionIsOldAndTellsItWhenToComeBack() {
        try (WebSocketTestClient client = Sockets.connect(service, "/")) {
            int pings = 0;
            Received next = client.receiveAny();
            for (; next.kind() == Received.Kind.PING; next = client.receiveAny()) {
                pings++;
                client.sendFrame(0x8a, next.payload()); // the pong
            }
            assertThat(pings).isGreaterThan(4);
            assertThat(next.closeCode()).isEqualTo(1012);
            assertThat(next.closeReason()).matches("\\{\"retryMs\":\\d+}");
        }
    }

    @Test
    void givesUpWhoAnswersNoPing() {
        WebSocketTestClient client = Sockets.connect(service, "/"); // reads, and so answers, only when asked
        Sockets.await("the close").until(() -> ends.contains("1006 half open"));
        assertThat(Sockets.metric(service, "chassis_websocket_half_open_total")).isEqualTo(1);
        client.close();
    }

    @Test
    void refusesPingsThatTheLoadBalancerWouldNotWaitFor() {
        Assertions.assertThatThrownBy(() -> Chassis.start(
                        "broken",
                        Map.of(
                                "chassis.http.port", "0",
                                "chassis.admin.port", "0",
                                "chassis.http.load-balancer-idle-timeout", "60s",
                                "chassis.websocket.ping-interval", "26s",
                                "chassis.websocket.drain-window", "1m",
                                "chassis.websocket.signing-key", "short"),
                        this::assemble))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chassis.websocket.ping-interval")
                .hasMessageContaining("25")
                .hasMessageContaining("chassis.websocket.drain-window")
                .hasMessageContaining("chassis.websocket.signing-key")
                .hasMessageNotContaining("short");
    }

    private void assemble(Service parts) {
        WebSockets sockets = parts.add(WebSockets.from(parts));
        parts.http(routes -> routes.get("/", sockets.text(new WebSocketHandler<>() {
            @Override
            public Reply onMessage(Session session, String message) {
                return Reply.none();
            }

            @Override
            public void onClose(Session session, int code, String reason) {
                ends.add(code + " " + reason);
            }
        })));
    }
}
