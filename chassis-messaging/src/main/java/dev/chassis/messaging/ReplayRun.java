package dev.chassis.messaging;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replay on a thread of its own, {@code replay-<queue>}. Thread-safe.
 *
 * <p>{@code soFar}, {@code failure} and {@code state} are written by that thread only. It is asked to end and not interrupted, because an
 * interruption between a publish and its confirm would leave a letter in both queues.
 */
final class ReplayRun implements DeadLetters.Watch {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRun.class);

    private final String queue;
    private final Work work;
    private final Instant began = Instant.now();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile State state = State.RUNNING;
    private volatile DeadLetters.Report soFar = DeadLetters.Report.NOTHING;
    private volatile @Nullable String failure;

    ReplayRun(String queue, Work work) {
        this.queue = queue;
        this.work = work;
    }

    void begin() {
        Thread thread = new Thread(this::run, "replay-" + queue);
        thread.setDaemon(true);
        thread.start();
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Asks it to put no further letter back. */
    void end() {
        end.countDown();
    }

    View view() {
        State now = state; // first: what is over changes no more
        DeadLetters.Report report = soFar;
        return new View(queue, now, began.toString(), report.seen(), report.matched(), report.replayed(), failure);
    }

    @Override
    public boolean goOnAfter(long nanos) throws InterruptedException {
        return !end.await(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void tell(DeadLetters.Report report) {
        soFar = report;
    }

    private void run() {
        State outcome = State.FAILED;
        try {
            soFar = work.replay(this);
            outcome = end.getCount() == 0 ? State.ENDED : State.DONE;
            LOG.info("replay of {}: {} {}", queue, outcome, soFar);
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = Channels.text(e);
            LOG.warn("replay of {}: {} {}", queue, outcome, soFar, e);
        } finally {
            state = outcome;
        }
    }

    /** What puts the letters back. */
    @FunctionalInterface
    interface Work {
        DeadLetters.Report replay(DeadLetters.Watch watch) throws IOException, InterruptedException;
    }

    /** How far it is. */
    enum State {
        RUNNING,
        /** It has looked at all it was to look at. */
        DONE,
        /** It was asked to end, by somebody or by the drain. */
        ENDED,
        FAILED
    }

    /** What is told of it. */
    record View(
            String queue,
            State state,
            String began,
            long seen,
            long matched,
            long replayed,
            @Nullable String failure) {}
}
