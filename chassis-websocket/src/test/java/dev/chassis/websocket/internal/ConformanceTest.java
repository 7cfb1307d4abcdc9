package dev.chassis.websocket.internal;

import dev.chassis.testing.websocket.WebSocketConformance;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The kit against the protocol alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {

    private EchoServer server;

    @BeforeAll
    void start() {
        server = new EchoServer(EchoServer.CONFORMANCE);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicNode> theRfcs() {
        return WebSocketConformance.of(server::uri).cases();
    }
}
