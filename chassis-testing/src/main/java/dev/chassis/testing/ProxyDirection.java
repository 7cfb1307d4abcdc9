package dev.chassis.testing;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One direction of every connection of a proxy: how it is held up and what went through. Thread-safe. */
final class ProxyDirection {

    private static final int PIECE = 16 * 1024;

    private final Stall stall;
    private final AtomicLong bytes = new AtomicLong();
    private volatile Duration delay = Duration.ZERO;

    ProxyDirection(Stall stall) {
        this.stall = stall;
    }

    void delay(Duration newDelay) {
        if (newDelay.isNegative()) {
            throw new IllegalArgumentException("delay: " + newDelay + " (expected: zero or more)");
        }
        delay = newDelay;
    }

    long bytes() {
        return bytes.get();
    }

    /** Copies until the end of what is read, which is handed on, too. A failure of a peer is held back by a stall, too. */
    void copy(Socket from, Socket to) throws IOException, InterruptedException {
        byte[] piece = new byte[PIECE];
        try {
            for (int length = from.getInputStream().read(piece);
                    length >= 0;
                    length = from.getInputStream().read(piece)) {
                hold();
                bytes.addAndGet(length); // before anybody can answer to them
                to.getOutputStream().write(piece, 0, length);
            }
            hold();
            to.shutdownOutput();
        } catch (IOException e) {
            if (!from.isClosed() && !to.isClosed()) {
                stall.await(); // a peer's reset is news like any other; one of ours has been heard already
            }
            throw e;
        }
    }

    private void hold() throws InterruptedException {
        Thread.sleep(delay.toMillis());
        stall.await();
    }
}
