package dev.chassis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BalancerTest {
    private static final int CONNECTIONS = 4;

    @Test
    void countsNothingAsFailedWhenEveryAnswerIsComplete() throws Exception {
        Tally tally = balance((socket, request) -> FakeServer.write(socket, FakeServer.OK));

        assertTrue(tally.requests() > CONNECTIONS);
        assertEquals(0, tally.failed());
    }

    @Test
    void reconnectsWhenTheServerSaysClose() throws Exception {
        try (FakeServer server = new FakeServer((socket, request) -> FakeServer.write(socket, FakeServer.OK_CLOSE))) {
            Tally tally = balance(server);

            assertEquals(0, tally.failed());
            assertTrue(server.connections() > CONNECTIONS);
        }
    }

    @Test
    void aConnectionClosedWhileIdleIsNoFailure() throws Exception {
        try (FakeServer server = new FakeServer((socket, request) -> FakeServer.write(socket, FakeServer.OK));
                Balancer balancer = new Balancer(server.port(), "/", CONNECTIONS)) {
            balancer.start();
            pause();
            balancer.deregister();
            server.close();

            assertEquals(0, balancer.end().failed());
        }
    }

    @Test
    void aCloseThatCrossesARequestIsAFailureButNoReset() throws Exception {
        Tally tally = balance((socket, request) -> {
            if (request == 1) {
                FakeServer.write(socket, FakeServer.OK);
            } else {
                socket.shutdownOutput();
            }
        });

        assertTrue(tally.failed() >= CONNECTIONS);
        assertEquals(0, tally.resets());
    }

    @Test
    void halfAnAnswerIsAFailure() throws Exception {
        Tally tally = balance((socket, request) -> {
            FakeServer.write(socket, FakeServer.OK.substring(0, FakeServer.OK.length() - 1));
            socket.shutdownOutput();
        });

        assertEquals(tally.requests(), tally.failed());
    }

    @Test
    void aResetInTheMiddleOfARequestIsAFailureAndAReset() throws Exception {
        Tally tally = balance((socket, request) -> FakeServer.reset(socket));

        assertEquals(tally.requests(), tally.failed());
        assertEquals(tally.failed(), tally.resets());
    }

    @Test
    void aRefusedConnectionIsAFailureAndAReset() throws Exception {
        FakeServer server = new FakeServer((socket, request) -> FakeServer.write(socket, FakeServer.OK));
        server.close();

        Tally tally = balance(server);

        assertTrue(tally.resets() >= CONNECTIONS);
        assertEquals(tally.requests(), tally.failed());
    }

    @Test
    void aCompleteAnswerOtherThan2xxIsAFailureButNoReset() throws Exception {
        Tally tally = balance((socket, request) ->
                FakeServer.write(socket, "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"));

        assertEquals(tally.requests(), tally.failed());
        assertEquals(0, tally.resets());
    }

    private static Tally balance(FakeServer.Behaviour behaviour) throws Exception {
        try (FakeServer server = new FakeServer(behaviour)) {
            return balance(server);
        }
    }

    private static Tally balance(FakeServer server) throws Exception {
        try (Balancer balancer = new Balancer(server.port(), "/", CONNECTIONS)) {
            balancer.start();
            pause();
            balancer.deregister();
            return balancer.end();
        }
    }

    /** Lets traffic flow; every assertion holds however much of it there is. */
    private static void pause() throws InterruptedException {
        Thread.sleep(300);
    }
}
