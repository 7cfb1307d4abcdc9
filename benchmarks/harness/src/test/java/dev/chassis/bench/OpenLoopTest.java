package dev.chassis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OpenLoopTest {
    private static final int ANSWERS = 200;
    private static final long ANSWER_MILLIS = 2;

    private final List<Long> millis = new ArrayList<>();

    /** On one connection, where a request arrives every millisecond and takes two, each waits a millisecond longer than the one before. */
    @Test
    void aRequestTakesTimeFromItsArrivalNotFromItsTurn() throws IOException {
        try (FakeServer server = new FakeServer((socket, request) -> answerSlowly(socket));
                OpenLoop loop = new OpenLoop(server.port(), "/", 1, 1_000, recorder())) {
            loop.runWhile(() -> millis.size() < ANSWERS);
            loop.finish();
        }

        assertTrue(millis.get(ANSWERS - 1) > 20 * ANSWER_MILLIS, millis::toString);
    }

    @Test
    void asksNoMoreThanItIsTold() throws IOException {
        long begun = System.nanoTime();
        try (FakeServer server = new FakeServer((socket, request) -> FakeServer.write(socket, FakeServer.OK));
                OpenLoop loop = new OpenLoop(server.port(), "/", 4, 1_000, recorder())) {
            loop.runWhile(() -> System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(500));
            loop.finish();
        }

        // 500 on average, and always the same arrivals
        assertTrue(millis.size() < 700 * elapsedHalves(begun), () -> "requests: " + millis.size());
        assertEquals(0, millis.stream().filter(time -> time < 0).count());
    }

    private static void answerSlowly(Socket socket) throws IOException {
        try {
            Thread.sleep(ANSWER_MILLIS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        FakeServer.write(socket, FakeServer.OK);
    }

    private static double elapsedHalves(long begun) {
        return (System.nanoTime() - begun) / (double) TimeUnit.MILLISECONDS.toNanos(500);
    }

    private Recorder recorder() {
        return new Recorder() {
            @Override
            public void answered(int status, long nanos) {
                millis.add(TimeUnit.NANOSECONDS.toMillis(nanos));
            }

            @Override
            public void broken(IOException cause) {
                throw new AssertionError(cause);
            }
        };
    }
}
