package dev.chassis.logging;

import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;

/** Counts until it is drained, and tells how far it came. */
final class Ticking implements Component {

    private final Counter counter;
    private final Thread thread = new Thread(this::run, "ticking");
    private volatile boolean ended;
    private long ticks;

    Ticking(Counter counter) {
        this.counter = counter;
    }

    void begin() {
        thread.start();
    }

    private void run() {
        while (!ended) {
            counter.increment();
            ticks++;
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public String name() {
        return "ticking";
    }

    @Override
    public Stage stage() {
        return Stage.INGRESS;
    }

    @Override
    public void start(Deadline deadline) {}

    @Override
    public void announce() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        LoggerFactory.getLogger(Ticking.class)
                .atError()
                .addKeyValue("ticked", ticks)
                .log("ended");
    }

    @Override
    public void stop(Deadline deadline) {}
}
