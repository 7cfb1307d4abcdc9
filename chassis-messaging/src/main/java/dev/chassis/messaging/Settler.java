package dev.chassis.messaging;

import com.rabbitmq.client.ShutdownSignalException;
import dev.chassis.context.Correlation;
import dev.chassis.health.Health;
import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.Workers;
import dev.chassis.messaging.ConsumerStats.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a consumer's channel: it opens it, settles every delivery, and opens another one when it is lost.
 *
 * <ul>
 *   <li>I1: every delivery that has been started is settled once, or dropped and counted because its channel has gone; see {@link
 *       Settlement}.
 *   <li>I2: this thread is the only user of every channel. Everything else reaches it as mail.
 *   <li>I3: a delivery is settled only on the session it came by ({@link Incoming#epoch()}).
 *   <li>I4: all fields that are not final belong to this thread; {@code drained} is completed by it.
 *   <li>I5: when {@link #drain} has returned, nothing starts that had not; once drained nothing is consumed again.
 * </ul>
 */
final class Settler<T> implements Runnable, Session.Events {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);
    private static final long MAX_SCAN_NANOS = Duration.ofSeconds(1).toNanos();

    /** To look at the clock costs half as much as an acknowledgement. */
    private static final int BETWEEN_LOOKS = 32;

    /** So long deliveries may wait for a worker whose handler has been quick so far, and is not this time. */
    private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();

    private static final long MAX_GRACE_NANOS = Duration.ofSeconds(5).toNanos();

    private final ConsumerSettings settings;
    private final Mail mail;
    private final InFlight inFlight;
    private final ConsumerStats stats;
    private final Processing<T> processing;
    private final Dispatcher<T> dispatcher;
    private final Republisher republisher;
    private final Sessions sessions;
    private final Settlement<T> settlement;
    private final @Nullable Gate gate;
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private final long scanNanos;
    private long scanAtNanos = System.nanoTime();
    private boolean draining;
    private boolean ended;

    Settler(
            ConsumerSettings settings,
            Links consuming,
            Links publishing,
            Workers workers,
            InFlight inFlight,
            ConsumerStats stats,
            Wiring<T> user) {
        this.settings = settings;
        this.mail = new Mail(settings.ackedTogether());
        this.inFlight = inFlight;
        this.stats = stats;
        this.processing = new Processing<>(settings, user.decoder(), user.handler(), stats, this::decided);
        this.dispatcher = new Dispatcher<>(
                settings.concurrency(),
                user.key(),
                workers,
                inFlight,
                this::refused,
                () -> mail.putCalmly(this::lookAfterWorkers),
                new Pace());
        this.republisher = new Republisher(publishing, mail, settings.confirmTimeout());
        this.sessions = new Sessions(settings, consuming, stats, this);
        this.settlement = new Settlement<>(settings, sessions, republisher, mail, inFlight, stats, this::again);
        this.gate = settings.gate() == null ? null : new Gate(settings.gate(), workers, mail, this::answered);
        this.scanNanos = Math.min(MAX_SCAN_NANOS, settings.handlerTimeout().toNanos() / 8);
    }

    /** Completes when it consumes for the first time, or exceptionally if that needs a person. */
    CompletableFuture<@Nullable Void> started() {
        return sessions.started();
    }

    /** Completes when it has been drained: everything settled, and the broker has said so. */
    CompletableFuture<@Nullable Void> drained() {
        return drained;
    }

    Dispatcher<T> dispatcher() {
        return dispatcher;
    }

    /** Fetches no more. */
    void announce() {
        mail.put(sessions::unwant);
    }

    /** Fetches and starts no more, on return; what has not started goes back, what has finishes. */
    void drain() {
        List<Work<T>> unstarted = dispatcher.close();
        mail.put(() -> {
            draining = true;
            stats.status(State.DRAINING, "");
            sessions.unwant();
            unstarted.forEach(work -> settlement.giveBack(work.incoming()));
        });
    }

    /** From now on whatever has not succeeded goes back as it was. */
    void abort() {
        mail.put(settlement::abort);
    }

    /** Ends the thread, after everything that is in the mail. */
    void end() {
        mail.put(() -> ended = true);
    }

    @Override
    public void run() {
        try {
            while (!ended) {
                step();
            }
        } catch (InterruptedException e) {
            LOG.warn("{}: interrupted, and ends", settings.name());
        } finally {
            finish();
            republisher.close();
            stats.status(State.STOPPED, "");
        }
    }

    @Override
    public void delivered(Incoming incoming) {
        stats.received();
        Work<T> work = new Work<>(incoming, processing);
        if (!dispatcher.offer(work)) {
            refused(work);
        }
    }

    @Override
    public void cancelled(long epoch) {
        closed(epoch, new IOException("cancelled by the broker"));
    }

    @Override
    public void closed(long epoch, ShutdownSignalException cause) {
        closed(epoch, (Exception) cause);
    }

    private void closed(long epoch, Exception cause) {
        mail.put(() -> {
            sessions.lost(epoch, cause);
            dispatcher.takeBack(work -> work.incoming().epoch() == epoch); // The broker has them already.
        });
    }

    private void refused(Work<T> work) {
        mail.put(() -> settlement.giveBack(work.incoming()));
    }

    private void decided(Work<T> work, Verdict verdict) {
        Runnable settle = () -> settle(work, verdict);
        if (verdict.kind() == Verdict.Kind.ACK) {
            mail.putCalmly(settle);
        } else {
            mail.put(settle);
        }
    }

    private void again(Incoming incoming) {
        if (sessions.isCurrent(incoming)) {
            Work<T> work = new Work<>(incoming.again(), processing);
            if (!dispatcher.offer(work)) {
                settlement.giveBack(incoming);
            }
        }
    }

    private void step() throws InterruptedException {
        sessions.maintain();
        Runnable task = mail.next(mail.attend(sessions.isLingering()) ? sessions.patience(scanNanos) : 0);
        while (task != null) {
            perform(task);
            task = mail.isEmpty() || isScanDue() ? null : mail.next(0);
        }
        settleCalmly();
        sessions.flush();
        if (isScanDue()) {
            scan();
        }
        if (draining && inFlight.count() == 0) {
            finish();
        }
    }

    private void settleCalmly() {
        Runnable task = mail.nextCalm();
        for (int i = 1; task != null; i++) {
            perform(task);
            task = i % BETWEEN_LOOKS == 0 && isScanDue() ? null : mail.nextCalm();
        }
    }

    private void perform(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: an error of our own; the channel is opened anew", settings.name(), e);
            sessions.lost(e);
        }
    }

    /** Pauses first where that is needed: what goes back would come again at once. */
    private void settle(Work<T> work, Verdict verdict) {
        Verdict.Kind kind = settlement.kind(verdict);
        if (kind == Verdict.Kind.PAUSE) {
            pause(verdict.reason());
        }
        if (gate != null && (kind == Verdict.Kind.PAUSE || kind == Verdict.Kind.RETRY)) {
            gate.ask();
        }
        settlement.settle(work, verdict);
    }

    private void answered(Health health) {
        if (gate == null || sessions.isUnwanted()) {
            return;
        }
        if (health.status() == Health.Status.DOWN) {
            pause(health.detail());
            gate.askLater();
        } else if (sessions.isPaused()) {
            LOG.info("{}: resumed", settings.name());
            dispatcher.setOpen(true);
            sessions.resume();
        }
    }

    private void pause(String reason) {
        if (!sessions.isPaused() && !sessions.isUnwanted()) {
            LOG.warn("{}: paused: {}", settings.name(), reason);
            dispatcher.setOpen(false);
            sessions.pause(reason);
            dispatcher.takeBack(work -> true).forEach(work -> settlement.giveBack(work.incoming()));
        }
    }

    private boolean isScanDue() {
        return scanAtNanos - System.nanoTime() <= 0;
    }

    /** Looks for handlers that take too long. */
    private void scan() {
        long now = System.nanoTime();
        scanAtNanos = now + scanNanos;
        Duration limit = settings.handlerTimeout();
        Duration grace = limit.plusNanos(Math.min(MAX_GRACE_NANOS, limit.toNanos()));
        for (Work<T> work : dispatcher.running()) {
            if (work.timeOut(now, limit)) {
                timedOut(work, Verdict.timedOut(limit));
            } else if (work.abandon(now, grace)) {
                LOG.error(
                        "{}: the handler of message {} ignores interruption; its worker is replaced",
                        settings.name(),
                        work.incoming().messageId());
                dispatcher.replace(work);
            }
        }
    }

    private void lookAfterWorkers() {
        if (dispatcher.lookAfter()) {
            mail.later(LOOK_NANOS, this::lookAfterWorkers);
        }
    }

    private void timedOut(Work<T> work, Verdict verdict) {
        try (Correlation.Scope scope = work.correlation().open()) {
            processing.log(work.incoming(), verdict);
        }
        perform(() -> settle(work, verdict));
    }

    /** The end of the session, in order if there is one. */
    private void finish() {
        if (!drained.isDone()) {
            while (mail.hasCalm()) {
                settleCalmly();
            }
            sessions.close();
            drained.complete(null);
        }
    }

    /** What user code a consumer has. */
    record Wiring<T>(
            Decoder<T> decoder,
            DeliveryHandler<T> handler,
            @Nullable Function<Delivery<T>, ?> key) {}
}
