package dev.chassis.websocket;

import dev.chassis.Service;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.websocket.WebSocketConformance;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole kit, against an endpoint as users have it: real server, real handler on workers, echo. */
class EndpointConformanceTest {

    private static final int MAX_MESSAGE = 16 * 1024 * 1024;

    @RegisterExtension
    static final ChassisExtension SERVICE = ChassisExtension.of("echo-service", EndpointConformanceTest::assemble)
            .config("chassis.websocket.max-message-bytes", "" + MAX_MESSAGE)
            .config("chassis.websocket.max-fragments", "70000")
            .config("chassis.websocket.max-inflate-ratio", "0")
            .config("chassis.websocket.messages-per-second", "0")
            .config("chassis.websocket.control-frames-per-second", "0")
            .config("chassis.websocket.max-unsent-bytes", "" + 4 * MAX_MESSAGE)
            .config("chassis.websocket.max-sessions-per-address", "0");

    @TestFactory
    Stream<DynamicNode> keepsToTheRfcs() {
        return WebSocketConformance.of(() -> Sockets.uri(SERVICE, "/echo"))
                .maxMessageBytes(MAX_MESSAGE)
                .cases();
    }

    private static void assemble(Service service) {
        WebSockets sockets = service.add(WebSockets.from(service));
        service.http(routes -> routes.get("/echo", new Echo(sockets)));
    }
}
