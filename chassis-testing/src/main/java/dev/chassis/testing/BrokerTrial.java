package dev.chassis.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Numbered messages through a broker that fails: each is published until it is confirmed, faults happen in between, and then the books must
 * balance. It knows neither who publishes nor who consumes.
 *
 * <pre>{@code
 * BrokerTrial trial = new BrokerTrial(50_000, number -> publish(number));    // one consumer calls trial.received(number, mark)
 * BrokerReport report = trial.run(faults.deck(9));
 * assertThat(report.lost()).isZero();
 * }</pre>
 *
 * <p>Faults come when a share of the messages is confirmed, not by the clock: a slow machine has the same faults as a fast one. Publishing
 * runs ahead of the next fault by a window at most, so that each of them meets messages on their way.
 *
 * <p>I1: one thread publishes; only it raises {@code outstanding}, and only the end of a publish lowers it. I2: a message that is not
 * confirmed is either outstanding, due again, on its way to be, or has not been published yet. I3: while quiet, nothing is outstanding and
 * nothing is published. I4: the lock is held for fields only. {@link #received} is thread-safe; {@link #run} is called once.
 */
public final class BrokerTrial {

    // As many as a window: a fault must not find everything published already.
    private static final int AHEAD = 1_000;
    private static final Duration AGAIN = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(2); // without any progress; connections are back in less

    private final int messages;
    private final Publishing publishing;
    private final DeliveryLedger ledger;
    private final Executor later =
            CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Queue<Integer> again = new ArrayDeque<>();
    private int next;
    private int confirmed;
    private int mark;
    private int limit;
    private int outstanding;
    private boolean quiet;
    private @Nullable Throwable failure;

    /** A trial of that many messages. */
    public BrokerTrial(int messages, Publishing publishing) {
        this.messages = messages;
        this.publishing = publishing;
        this.ledger = new DeliveryLedger(messages);
    }

    /** To be called for each delivery, with the mark of the broker that it may not be the first. */
    public void received(int number, boolean redelivered) {
        ledger.received(number, redelivered);
    }

    /**
     * Publishes all, lets the faults happen at equal distances, and waits until everything is confirmed and received.
     *
     * @return the books; what has not been received is {@link BrokerReport#lost} when nothing was received for two minutes
     * @throws AssertionError if nothing is confirmed for minutes, or publishing throws
     */
    public BrokerReport run(List<BrokerFault> faults) throws Exception {
        allow(0, faults.size());
        Thread publisher = new Thread(this::publishAll, "trial-publisher");
        publisher.setDaemon(true);
        publisher.start();
        List<String> happened = new ArrayList<>();
        for (BrokerFault fault : faults) {
            awaitConfirmed(share(happened.size() + 1, faults.size()));
            happened.add(fault.name());
            allow(happened.size(), faults.size());
            fault.happen(this);
        }
        awaitConfirmed(messages);
        awaitBalance(); // or not: what is lost is for the caller to judge
        return ledger.report(happened);
    }

    /** Does something while nothing is being published, nor in any queue: everything confirmed has been received. */
    void whileQuiet(Runnable action) throws Exception {
        setQuiet(true);
        try {
            await("the last publishes before a quiet moment", () -> outstanding == 0);
            if (!awaitBalance()) {
                throw new AssertionError("not received before a quiet moment: " + ledger.report(List.of()));
            }
            action.run();
        } finally {
            setQuiet(false);
        }
    }

    /** To be told when the broker has been killed, and again when it runs again. */
    void newLife() {
        ledger.newLife();
    }

    private void publishAll() {
        try {
            for (Integer number = take(); number != null; number = take()) {
                int sent = number;
                publishing.publish(sent).whenComplete((result, problem) -> ended(sent, result, problem));
            }
        } catch (Throwable e) { // whatever it is, the thread that waits has to learn of it
            fail(e);
        }
    }

    /** The next number to publish; null when all are confirmed. */
    private @Nullable Integer take() throws InterruptedException {
        lock.lock();
        try {
            while (failure == null && confirmed < messages) {
                if (!quiet && (!again.isEmpty() || next < limit)) {
                    outstanding++;
                    return again.isEmpty() ? Integer.valueOf(next++) : again.remove();
                }
                changed.await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void ended(int number, @Nullable Result result, @Nullable Throwable problem) {
        if (problem != null || result == null) {
            fail(problem == null ? new NullPointerException("no result") : problem);
        } else if (result == Result.CONFIRMED) {
            ended(ledger.confirmed(number));
        } else {
            if (result == Result.UNKNOWN) {
                ledger.unknown(number);
            } else {
                ledger.refused();
            }
            ended(0);
            later.execute(() -> publishAgain(number));
        }
    }

    private void ended(int confirmedNow) {
        lock.lock();
        try {
            outstanding--;
            confirmed = Math.max(confirmed, confirmedNow);
            if (confirmed >= mark || outstanding == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void publishAgain(int number) {
        lock.lock();
        try {
            again.add(number);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many messages are confirmed when this fault comes, from 1; after the last one, all. */
    private int share(int fault, int faults) {
        return (int) ((long) messages * fault / (faults + 1));
    }

    /** Allows what is due until the next fault, and a little more to be on its way when that comes. */
    private void allow(int happened, int faults) {
        lock.lock();
        try {
            limit = Math.min(messages, share(happened + 1, faults) + AHEAD);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void setQuiet(boolean value) {
        lock.lock();
        try {
            quiet = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable problem) {
        lock.lock();
        try {
            failure = problem;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitConfirmed(int count) throws InterruptedException {
        lock.lock();
        try {
            mark = count;
        } finally {
            lock.unlock();
        }
        await(count + " confirmed", () -> confirmed >= count);
    }

    /** Waits for a condition over the fields; fails when nothing more is confirmed meanwhile. */
    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        lock.lock();
        try {
            int before = -1;
            while (!condition.getAsBoolean()) {
                if (failure != null) {
                    throw new AssertionError("publishing failed", failure);
                }
                if (!changed.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    if (confirmed == before) {
                        throw new AssertionError("no progress towards " + what + ", " + outstanding + " outstanding: "
                                + ledger.report(List.of()));
                    }
                    before = confirmed;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything confirmed is received in the end; gives up when nothing more is received. */
    private boolean awaitBalance() throws InterruptedException {
        int before = -1;
        for (long since = System.nanoTime(); !ledger.isBalanced(); TimeUnit.MILLISECONDS.sleep(20)) {
            int received = ledger.report(List.of()).received();
            if (received != before) {
                before = received;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > LIMIT.toNanos()) {
                return false;
            }
        }
        return true;
    }

    /** Publishes one message, under the number by which it is known when it is delivered. Called by one thread, may block. */
    @FunctionalInterface
    public interface Publishing {

        /** Publishes it; completes when there is a {@link Result}, and never exceptionally. */
        CompletionStage<Result> publish(int number) throws Exception;
    }

    /** What became of a publish. */
    public enum Result {
        /** The broker has it. */
        CONFIRMED,
        /** The broker does not have it: it is published again. */
        REFUSED,
        /** Nobody knows: it is published again, and may be delivered twice. */
        UNKNOWN
    }
}
