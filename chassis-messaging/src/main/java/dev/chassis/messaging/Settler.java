package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import dev.chassis.context.Correlation;
import dev.chassis.health.Health;
import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.Workers;
import dev.chassis.messaging.ConsumerStats.State;
import dev.chassis.time.Backoff;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a consumer's channel: it opens it, settles every delivery, and opens another one when it is lost.
 *
 * <ul>
 *   <li>I1: every delivery that has been started is settled once, or dropped and counted because its channel has gone; then, and only
 *       then, it leaves {@code inFlight}.
 *   <li>I2: this thread is the only user of every channel. Everything else reaches it as mail.
 *   <li>I3: a delivery is settled only on the session it came by ({@link Incoming#epoch()}).
 *   <li>I4: all fields that are not final belong to this thread; {@code started} and {@code drained} are completed by it.
 *   <li>I5: once drained nothing is consumed again.
 * </ul>
 */
final class Settler<T> implements Runnable, Session.Events {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    /** How long it waits for a link before it looks at its mail. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** What a person must put right is tried again calmly. */
    private static final Backoff CALM = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** A channel that has lived so long was a good one. */
    private static final long SETTLED_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long MAX_SCAN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long GRACE_NANOS = Duration.ofSeconds(5).toNanos();

    private final ConsumerSettings settings;
    private final Links links;
    private final Mail mail;
    private final InFlight inFlight;
    private final ConsumerStats stats;
    private final Processing<T> processing;
    private final Dispatcher<T> dispatcher;
    private final Republisher republisher;
    private final @Nullable Gate gate;
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private final long scanNanos;

    private @Nullable Session session;
    private @Nullable RetryQueues retries;
    private long epochs;
    private int failures;
    private long openAtNanos = System.nanoTime();
    private long scanAtNanos = System.nanoTime();
    private boolean paused;
    private boolean announced;
    private boolean draining;
    private boolean aborting;
    private boolean ended;

    Settler(
            ConsumerSettings settings,
            Links consuming,
            Links publishing,
            Workers workers,
            InFlight inFlight,
            ConsumerStats stats,
            Wiring<T> wiring) {
        this.settings = settings;
        this.links = consuming;
        this.mail = new Mail();
        this.inFlight = inFlight;
        this.stats = stats;
        this.processing = new Processing<>(
                settings,
                wiring.decoder(),
                wiring.handler(),
                stats,
                (work, verdict) -> mail.put(() -> settle(work, verdict)));
        this.dispatcher = new Dispatcher<>(
                settings.concurrency(), wiring.key(), workers, inFlight, work -> mail.put(() -> giveBack(work)));
        this.republisher = new Republisher(publishing, mail, settings.confirmTimeout());
        this.gate = settings.gate() == null ? null : new Gate(settings.gate(), workers, mail, this::answered);
        this.scanNanos = Math.min(MAX_SCAN_NANOS, settings.handlerTimeout().toNanos() / 8);
    }

    /** Completes when it consumes for the first time, or exceptionally if that needs a person. */
    CompletableFuture<@Nullable Void> started() {
        return started;
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
        mail.put(() -> {
            announced = true;
            cancel();
        });
    }

    /** Fetches and starts no more, on return; what has not started goes back, what has finishes. */
    void drain() {
        List<Work<T>> unstarted = dispatcher.close();
        mail.put(() -> {
            announced = true;
            draining = true;
            stats.status(State.DRAINING, "");
            cancel();
            unstarted.forEach(this::giveBack);
        });
    }

    /** From now on whatever has not succeeded goes back as it was. */
    void abort() {
        mail.put(() -> aborting = true);
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
            mail.put(() -> giveBack(work));
        }
    }

    @Override
    public void cancelled(long epoch) {
        mail.put(() -> lost(epoch, new IOException("cancelled by the broker")));
    }

    @Override
    public void closed(long epoch, ShutdownSignalException cause) {
        mail.put(() -> lost(epoch, cause));
    }

    private void step() throws InterruptedException {
        if (wantsSession()) {
            open();
        }
        Runnable task = mail.next(patience());
        while (task != null) {
            perform(task);
            task = mail.isEmpty() || isScanDue() ? null : mail.next(0);
        }
        onSession(Session::flush);
        scan();
        if (draining && inFlight.count() == 0) {
            finish();
        }
    }

    private boolean wantsSession() {
        return session == null && !paused && !announced && !ended;
    }

    private long patience() {
        return wantsSession() ? Math.min(scanNanos, Math.max(0, openAtNanos - System.nanoTime())) : scanNanos;
    }

    private void perform(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: an error of our own; the channel is opened anew", settings.name(), e);
            lost(epochs, new IOException("an error of our own", e));
        }
    }

    private void open() throws InterruptedException {
        if (openAtNanos - System.nanoTime() > 0) {
            return;
        }
        Link link = links.await(Deadline.after(GLANCE));
        if (link == null) {
            stats.status(State.CONNECTING, "there is no connection");
            return;
        }
        try {
            open(link);
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void open(Link link) throws IOException {
        RetryQueues queues = RetryQueues.on(link.connection(), settings);
        queues.declare(link.connection());
        if (!started.isDone()) {
            LOG.info("{}: {}", settings.name(), queues.certificate(link.connection()));
        }
        retries = queues;
        dispatcher.setOpen(true);
        session = Session.open(++epochs, link, settings, queues.mode(), this, stats);
        stats.status(State.CONSUMING, "");
        started.complete(null);
    }

    private void failed(Exception e) {
        boolean fault = RetryQueues.isConfigurationFault(e);
        String reason = Channels.text(e);
        stats.status(fault ? State.MISCONFIGURED : State.CONNECTING, reason);
        Backoff backoff = fault ? CALM : settings.reconnect();
        Duration delay = backoff.delay(failures, ThreadLocalRandom.current());
        if (fault) {
            delay = delay.plus(backoff.ceiling(failures)).dividedBy(2); // Never at once.
            started.completeExceptionally(e);
        }
        failures++;
        openAtNanos = System.nanoTime() + delay.toNanos();
        LOG.warn("{}: not consuming, tried again in {}: {}", settings.name(), delay, reason);
    }

    private void lost(long epoch, Exception cause) {
        Session gone = session;
        if (gone == null || gone.epoch() != epoch) {
            return;
        }
        session = null;
        gone.abort();
        dispatcher.takeBack(work -> work.incoming().epoch() == epoch); // The broker has them already.
        if (gone.ageNanos() > SETTLED_NANOS) {
            failures = 0;
        }
        if (!announced) {
            failed(cause);
        }
    }

    /** Does something with the session, if there is one; it is lost if that fails. */
    private void onSession(Use use) {
        Session now = session;
        if (now != null) {
            try {
                use.of(now);
            } catch (IOException | RuntimeException e) {
                lost(now.epoch(), e);
            }
        }
    }

    private void cancel() {
        onSession(Session::cancel);
    }

    private void giveBack(Work<T> work) {
        Incoming incoming = work.incoming();
        if (isCurrent(incoming)) {
            onSession(now -> now.giveBack(incoming.tag()));
        }
    }

    private boolean isCurrent(Incoming incoming) {
        return session != null && session.epoch() == incoming.epoch();
    }

    private void settle(Work<T> work, Verdict verdict) {
        Incoming incoming = work.incoming();
        if (!isCurrent(incoming)) {
            stats.stale();
            inFlight.exit();
            return;
        }
        Verdict.Kind kind = kind(verdict);
        stats.outcome(kind);
        switch (kind) {
            case ACK -> over(incoming, now -> now.ack(incoming.tag()));
            case RETURN -> over(incoming, now -> now.giveBack(incoming.tag()));
            case PAUSE -> {
                pause(verdict.reason());
                over(incoming, now -> now.giveBack(incoming.tag()));
                ask();
            }
            case RETRY -> retry(incoming, verdict);
            case DEAD_LETTER, UNDECODABLE -> bury(incoming, verdict);
        }
    }

    /** What it comes to, as things stand. */
    private Verdict.Kind kind(Verdict verdict) {
        if (aborting && verdict.kind() != Verdict.Kind.ACK) {
            return Verdict.Kind.RETURN;
        }
        return verdict.kind() == Verdict.Kind.PAUSE && gate == null ? Verdict.Kind.RETRY : verdict.kind();
    }

    /** The end of a started delivery. */
    private void over(Incoming incoming, Use use) {
        if (isCurrent(incoming)) {
            onSession(use);
        } else {
            stats.stale();
        }
        inFlight.exit();
    }

    private void retry(Incoming incoming, Verdict verdict) {
        ask();
        RetryQueues queues = Objects.requireNonNull(retries);
        if (incoming.attempt() >= settings.maxAttempts()) {
            bury(incoming, verdict);
            return;
        }
        Duration delay = queues.delay(verdict, incoming.attempt());
        switch (queues.mode()) {
            case NATIVE -> {
                stats.retried();
                over(incoming, now -> now.reject(incoming.tag()));
            }
            case LADDER ->
                move(
                        incoming,
                        settings.retryQueue(delay),
                        FailureHeaders.ofRetry(incoming, settings.queue(), verdict, republisher.frameMax()),
                        stats::retried);
            case MEMORY -> {
                stats.retried();
                inFlight.exit();
                mail.later(delay.toNanos(), () -> again(incoming));
            }
        }
    }

    private void again(Incoming incoming) {
        Work<T> work = new Work<>(incoming.again(), processing);
        if (isCurrent(incoming) && !dispatcher.offer(work)) {
            giveBack(work);
        }
    }

    private void bury(Incoming incoming, Verdict verdict) {
        move(
                incoming,
                settings.deadQueue(),
                FailureHeaders.ofDeadLetter(incoming, settings.queue(), verdict, republisher.frameMax()),
                stats::deadLettered);
    }

    /** Puts it into another queue, and takes it off its own when that is certain; else it stays. */
    private void move(Incoming incoming, String queue, AMQP.BasicProperties properties, Runnable count) {
        republisher.publish(queue, properties, incoming.body(), (confirmed, reason) -> {
            if (confirmed) {
                count.run();
                over(incoming, now -> now.ack(incoming.tag()));
            } else {
                keep(incoming, queue, reason);
            }
        });
    }

    /** It goes back, but after a while: it would come again at once. */
    private void keep(Incoming incoming, String queue, String reason) {
        stats.unconfirmed();
        LOG.error(
                "{}: message {} could not be put into {} and stays in {}: {}",
                settings.name(),
                incoming.messageId(),
                queue,
                settings.queue(),
                reason);
        inFlight.exit();
        Runnable back = () -> {
            if (isCurrent(incoming)) {
                onSession(now -> now.giveBack(incoming.tag()));
            }
        };
        if (draining || ended) {
            back.run();
        } else {
            mail.later(settings.confirmTimeout().toNanos(), back);
        }
    }

    private void ask() {
        if (gate != null) {
            gate.ask();
        }
    }

    private void answered(Health health) {
        if (gate == null || announced) {
            return;
        }
        if (health.status() == Health.Status.DOWN) {
            pause(health.detail());
            gate.askLater();
        } else if (paused) {
            resume();
        }
    }

    private void pause(String reason) {
        if (paused || announced) {
            return;
        }
        paused = true;
        stats.status(State.PAUSED, reason);
        LOG.warn("{}: paused: {}", settings.name(), reason);
        dispatcher.setOpen(false);
        cancel();
        dispatcher.takeBack(work -> true).forEach(this::giveBack);
    }

    private void resume() {
        paused = false;
        LOG.info("{}: resumed", settings.name());
        stats.status(State.CONSUMING, "");
        dispatcher.setOpen(true);
        onSession(Session::consume);
    }

    private boolean isScanDue() {
        return scanAtNanos - System.nanoTime() <= 0;
    }

    /** Looks for handlers that take too long. */
    private void scan() {
        if (!isScanDue()) {
            return;
        }
        long now = System.nanoTime();
        scanAtNanos = now + scanNanos;
        Duration limit = settings.handlerTimeout();
        Duration grace = limit.plusNanos(Math.min(GRACE_NANOS, limit.toNanos()));
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

    private void timedOut(Work<T> work, Verdict verdict) {
        try (Correlation.Scope scope = work.correlation().open()) {
            processing.log(work.incoming(), verdict);
        }
        perform(() -> settle(work, verdict));
    }

    /** The end of the session, in order if there is one. */
    private void finish() {
        if (!drained.isDone()) {
            onSession(Session::close);
            session = null;
            drained.complete(null);
        }
    }

    /** What user code a consumer has. */
    record Wiring<T>(
            Decoder<T> decoder,
            DeliveryHandler<T> handler,
            @Nullable Function<Delivery<T>, ?> key) {}

    private interface Use {
        void of(Session session) throws IOException;
    }
}
