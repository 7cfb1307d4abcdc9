package dev.chassis.outbox;

import dev.chassis.time.Backoff;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of an outbox: keeps the leases, reads, sends, deletes, waits.
 *
 * <p>Everything here and in {@link Batch} and {@link Leases} belongs to this thread, but for what others say to it by {@link Signal}, and
 * {@code failure} and {@code batch}, which they read.
 *
 * <ul>
 *   <li>I1: it ends only by {@link Signal#end} or an interrupt; no failure of the database or the sender ends it.
 *   <li>I2: leases are given back when nothing is under way, and always at the end.
 *   <li>I3: when told to end it looks once more, so that what was added before is sent if the broker takes it.
 * </ul>
 */
final class Relay implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private static final long FIRST_IDLE_NANOS = Duration.ofMillis(5).toNanos();

    private final Outbox outbox;
    private final Rows rows;
    private final Leases leases;
    private final Signal signal;
    private volatile @Nullable Batch batch;
    private volatile @Nullable Exception failure;
    private int failures;
    private long idle = FIRST_IDLE_NANOS;

    Relay(Outbox outbox, Rows rows, Leases leases, Signal signal) {
        this.outbox = outbox;
        this.rows = rows;
        this.leases = leases;
        this.signal = signal;
    }

    @Override
    public void run() {
        try {
            while (!signal.isEnded()) {
                rest(turn(signal::isEnded));
            }
            turn(() -> false); // I3
        } catch (InterruptedException e) {
            LOG.warn("{}: interrupted; what was under way will be sent again", outbox.name());
        } finally {
            giveBack();
        }
    }

    /** Why the last turn failed; null if it did not. */
    @Nullable
    Exception failure() {
        return failure;
    }

    /** How many messages are without an answer. */
    int underWay() {
        Batch now = batch;
        return now == null ? 0 : now.underWay();
    }

    /** What came of a turn. */
    private enum Turn {
        BUSY,
        IDLE,
        FAILED
    }

    private Turn turn(BooleanSupplier ended) throws InterruptedException {
        try {
            if (leases.untilDue() <= 0) {
                leases.renew();
            }
            leases.giveBackSurplus();
            Turn turn = relay(rows.read(leases.held(), outbox.config().batch()), ended);
            worked();
            return turn;
        } catch (SQLException | RuntimeException e) { // I1
            failed(e);
            return Turn.FAILED;
        }
    }

    private Turn relay(List<Row> found, BooleanSupplier ended) throws SQLException, InterruptedException {
        if (found.isEmpty()) {
            return Turn.IDLE;
        }
        Batch next = outbox.batch(rows, leases, ended);
        batch = next;
        try {
            return next.run(found) ? Turn.BUSY : Turn.FAILED;
        } finally {
            batch = null;
        }
    }

    private void rest(Turn turn) throws InterruptedException {
        failures = turn == Turn.FAILED ? failures + 1 : 0;
        switch (turn) {
            case BUSY -> idle = FIRST_IDLE_NANOS;
            case FAILED ->
                signal.pause(untilDue(AFTER_FAILURE
                        .delay(failures - 1, ThreadLocalRandom.current())
                        .toNanos()));
            case IDLE -> {
                boolean woken = signal.await(untilDue(idle));
                long longest = outbox.config().pollInterval().toNanos();
                idle = woken ? FIRST_IDLE_NANOS : Math.min(idle * 2, longest);
            }
        }
    }

    /** So long, but no longer than leases that are good allow. */
    private long untilDue(long nanos) {
        long due = leases.untilDue();
        return due > 0 ? Math.min(nanos, due) : nanos;
    }

    private void worked() {
        if (failure != null) {
            failure = null;
            LOG.info("{}: the database answers again", outbox.name());
        }
    }

    private void failed(Exception e) {
        if (failure == null) {
            LOG.warn("{}: the database does not answer as it should; tried again until it does", outbox.name(), e);
        }
        failure = e;
    }

    private void giveBack() {
        try {
            leases.giveBackAll(); // I2
        } catch (SQLException | RuntimeException e) {
            LOG.warn("{}: the leases could not be given back, and end by themselves: {}", outbox.name(), e.toString());
        }
    }
}
