package dev.chassis.messaging;

import dev.chassis.messaging.ConsumerStats.State;
import dev.chassis.time.Backoff;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session open for as long as one is wanted: what ends one is classed, and the next is opened after a while that fits.
 *
 * <ul>
 *   <li>I1: everything here belongs to the settler's thread; {@code started} is completed by it.
 *   <li>I2: there is one session at most; {@code epochs} numbers them and never goes back, so an {@link Incoming} of another one is known.
 *   <li>I3: once {@link #unwant} was called no session is opened again.
 *   <li>I4: a session that follows another one on the same connection is opened when the topology was declared again: what ended the other
 *       may have been that somebody has deleted the queue.
 * </ul>
 */
final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    /** How long it waits for a link before the settler looks at its mail. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** An acknowledgement that waits for others is sent when it is looked at for the second time: after five milliseconds at most. */
    private static final long LINGER_NANOS = Duration.ofMillis(5).toNanos() / 2;

    /** A channel that has lived so long was a good one. */
    private static final long GOOD_NANOS = Duration.ofSeconds(10).toNanos();

    private final ConsumerSettings settings;
    private final Links links;
    private final ConsumerStats stats;
    private final Session.Events events;
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private @Nullable Session session;
    private @Nullable Link lastLink;
    private @Nullable RetryQueues retries;
    private long epochs;
    private int failures;
    private long openAtNanos = System.nanoTime();
    private long restoreAtNanos = System.nanoTime();
    private long lingerUntilNanos;
    private boolean lingering;
    private boolean paused;
    private boolean unwanted;

    Sessions(ConsumerSettings settings, Links links, ConsumerStats stats, Session.Events events) {
        this.settings = settings;
        this.links = links;
        this.stats = stats;
        this.events = events;
    }

    /** Completes when it consumes for the first time, or exceptionally if that needs a person. */
    CompletableFuture<@Nullable Void> started() {
        return started;
    }

    /** Where retries go on the broker of this session. */
    RetryQueues retries() {
        return Objects.requireNonNull(retries, "nothing is settled before there was a session");
    }

    boolean isCurrent(Incoming incoming) {
        return session != null && session.epoch() == incoming.epoch();
    }

    boolean isUnwanted() {
        return unwanted;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether acknowledgements wait for others to be sent with them; then {@link #flush} is due soon. */
    boolean isLingering() {
        return lingering;
    }

    /** Sends the acknowledgements that have waited long enough. Each step of the settler ends with this. */
    void flush() {
        boolean looks = lingering && lingerUntilNanos - System.nanoTime() <= 0;
        if (looks) {
            use(Session::flushOld);
        }
        boolean waiting = session != null && session.hasUnflushed();
        if (waiting && (looks || !lingering)) {
            lingerUntilNanos = System.nanoTime() + LINGER_NANOS;
        }
        lingering = waiting;
    }

    /** How long the settler may wait for mail before it must come back here, at most this long. */
    long patience(long nanos) {
        if (isWanting()) {
            return Math.min(nanos, Math.max(0, openAtNanos - System.nanoTime()));
        }
        return lingering ? Math.min(nanos, Math.max(0, lingerUntilNanos - System.nanoTime())) : nanos;
    }

    /** Opens a session, if one is wanted and it is time. Waits a little for a connection. */
    void maintain() throws InterruptedException {
        if (!isWanting() || openAtNanos - System.nanoTime() > 0) {
            return;
        }
        Link link = links.await(Deadline.after(GLANCE));
        if (link == null) {
            stats.status(State.CONNECTING, "there is no connection");
            openAtNanos = System.nanoTime() + (links.isStopped() ? GLANCE.toNanos() : 0); // Nothing to wait for, then.
            return;
        }
        try {
            open(link);
        } catch (IOException | TopologyException | RuntimeException e) {
            failed(e);
        }
    }

    /** Does something with the session, if there is one; it is lost if that fails. */
    void use(Use use) {
        Session now = session;
        if (now != null) {
            try {
                use.of(now);
            } catch (IOException | RuntimeException e) {
                lost(now.epoch(), e);
            }
        }
    }

    /** Fetches no more. What has been fetched can still be settled. */
    void unwant() {
        unwanted = true;
        use(Session::cancel);
    }

    /** The same until {@link #resume}. */
    void pause(String reason) {
        paused = true;
        stats.status(State.PAUSED, reason);
        use(Session::cancel);
    }

    void resume() {
        paused = false;
        if (session != null) {
            stats.status(State.CONSUMING, "");
            use(Session::consume);
        }
    }

    /** This session has come to its end, if it is the one there is. */
    void lost(long epoch, Exception cause) {
        Session gone = session;
        if (gone == null || gone.epoch() != epoch) {
            return;
        }
        session = null;
        gone.abort();
        if (gone.ageNanos() > GOOD_NANOS) {
            failures = 0;
        }
        if (!unwanted) {
            failed(cause);
        }
    }

    /** Whatever session there is: we have made a mistake, and no longer know what it is good for. */
    void lost(Throwable ourMistake) {
        lost(epochs, new IOException("an error of our own", ourMistake));
    }

    /** A queue for retries or dead letters has gone: they are declared again, unless that was done a moment ago. */
    void restoreRetries() {
        Link link = lastLink;
        if (session != null && link != null && restoreAtNanos - System.nanoTime() <= 0) {
            restoreAtNanos = System.nanoTime() + settings.calm().base().toNanos();
            use(now -> retries().declare(link.connection()));
        }
    }

    /** Ends it in order, for good. */
    void close() {
        unwanted = true;
        use(Session::close);
        session = null;
    }

    private boolean isWanting() {
        return session == null && !paused && !unwanted;
    }

    private void open(Link link) throws IOException, TopologyException {
        if (link == lastLink) { // the same life of the connection
            link.declareAgain(); // I4
        }
        lastLink = link;
        RetryQueues queues = RetryQueues.on(link.connection(), settings);
        queues.declare(link.connection());
        if (!started.isDone()) {
            LOG.info("{}: {}", settings.name(), queues.certificate(link.connection()));
        }
        retries = queues;
        session = Session.open(++epochs, link, settings, queues.mode(), events, stats);
        stats.status(State.CONSUMING, "");
        started.complete(null);
    }

    private void failed(Exception e) {
        boolean fault = RetryQueues.isConfigurationFault(e);
        String reason = Channels.text(e);
        if (!paused) {
            stats.status(fault ? State.MISCONFIGURED : State.CONNECTING, reason);
        }
        if (fault) {
            started.completeExceptionally(e);
        }
        Duration delay = delay(fault);
        failures++;
        openAtNanos = System.nanoTime() + delay.toNanos();
        LOG.warn("{}: not consuming, tried again in {} ms: {}", settings.name(), delay.toMillis(), reason);
    }

    private Duration delay(boolean fault) {
        Backoff backoff = fault ? settings.calm() : settings.reconnect();
        Duration delay = backoff.delay(failures, ThreadLocalRandom.current());
        return fault ? delay.plus(backoff.ceiling(failures)).dividedBy(2) : delay; // At once would not help.
    }

    /** Something to do with a session. */
    @FunctionalInterface
    interface Use {
        void of(Session session) throws IOException;
    }
}
