package dev.chassis.testing;

/** A gate that is open or closed. Thread-safe. */
final class Stall {

    private boolean closed; // guarded by this

    synchronized void begin() {
        closed = true;
    }

    synchronized void end() {
        closed = false;
        notifyAll();
    }

    /** Waits until it is open. */
    synchronized void await() throws InterruptedException {
        while (closed) {
            wait();
        }
    }
}
