package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import dev.chassis.lifecycle.InFlight;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns verdicts into what is sent to the broker. Belongs to the settler's thread.
 *
 * <ul>
 *   <li>I1: a delivery is taken off its queue only when it was handled, or when another queue has confirmed that it has it.
 *   <li>I2: every started delivery leaves {@code inFlight} once: when it was settled, when it waits here, or when its session has gone.
 * </ul>
 */
final class Settlement<T> {

    private static final Logger LOG = LoggerFactory.getLogger(dev.chassis.messaging.Consumer.class);

    private final ConsumerSettings settings;
    private final Sessions sessions;
    private final Republisher republisher;
    private final Mail mail;
    private final InFlight inFlight;
    private final ConsumerStats stats;
    private final Consumer<Incoming> again;
    private boolean aborting;

    /**
     * What settles on these sessions.
     *
     * @param again has a delivery handled once more that has waited here
     */
    Settlement(
            ConsumerSettings settings,
            Sessions sessions,
            Republisher republisher,
            Mail mail,
            InFlight inFlight,
            ConsumerStats stats,
            Consumer<Incoming> again) {
        this.settings = settings;
        this.sessions = sessions;
        this.republisher = republisher;
        this.mail = mail;
        this.inFlight = inFlight;
        this.stats = stats;
        this.again = again;
    }

    /** From now on whatever has not succeeded goes back as it was. */
    void abort() {
        aborting = true;
    }

    /** What this verdict comes to, as things stand. */
    Verdict.Kind kind(Verdict verdict) {
        if (aborting && verdict.kind() != Verdict.Kind.ACK) {
            return Verdict.Kind.RETURN;
        }
        return verdict.kind() == Verdict.Kind.PAUSE && settings.gate() == null ? Verdict.Kind.RETRY : verdict.kind();
    }

    /** Settles a delivery that was started. Our own mistakes cost the session, not the drain. */
    void settle(Work<T> work, Verdict verdict) {
        try {
            settle(work, work.incoming(), verdict);
        } catch (RuntimeException | Error e) {
            leave(work);
            throw e;
        }
    }

    /** Gives back one that was not. */
    void giveBack(Incoming incoming) {
        if (sessions.isCurrent(incoming)) {
            sessions.use(session -> session.giveBack(incoming.tag()));
        }
    }

    private void settle(Work<T> work, Incoming incoming, Verdict verdict) {
        if (!sessions.isCurrent(incoming)) {
            stats.stale();
            leave(work);
            return;
        }
        Verdict.Kind kind = kind(verdict);
        stats.outcome(kind);
        switch (kind) {
            case ACK -> over(work, session -> session.ack(incoming.tag()));
            case RETURN, PAUSE -> over(work, session -> session.giveBack(incoming.tag()));
            case RETRY -> retry(work, verdict);
            case DEAD_LETTER, UNDECODABLE -> bury(work, verdict);
        }
    }

    private void over(Work<T> work, Sessions.Use use) {
        if (sessions.isCurrent(work.incoming())) {
            sessions.use(use);
        } else {
            stats.stale();
        }
        leave(work);
    }

    private void leave(Work<T> work) {
        if (work.leave()) {
            inFlight.exit();
        }
    }

    private void retry(Work<T> work, Verdict verdict) {
        Incoming incoming = work.incoming();
        if (incoming.attempt() >= settings.maxAttempts()) {
            bury(work, verdict);
            return;
        }
        Duration delay = sessions.retries().delay(verdict, incoming.attempt());
        switch (sessions.retries().mode()) {
            case NATIVE -> {
                stats.retried();
                over(work, session -> session.reject(incoming.tag()));
            }
            case LADDER -> move(work, settings.retryQueue(delay), retried(incoming, verdict), stats::retried);
            case MEMORY -> {
                stats.retried();
                mail.later(delay.toNanos(), () -> again.accept(incoming));
                leave(work);
            }
        }
    }

    private AMQP.BasicProperties retried(Incoming incoming, Verdict verdict) {
        return FailureHeaders.ofRetry(incoming, settings.queue(), verdict, republisher.frameMax());
    }

    private void bury(Work<T> work, Verdict verdict) {
        AMQP.BasicProperties properties =
                FailureHeaders.ofDeadLetter(work.incoming(), settings.queue(), verdict, republisher.frameMax());
        move(work, settings.deadQueue(), properties, stats::deadLettered);
    }

    /** Puts it into another queue, and takes it off its own when that is certain; else it stays. */
    private void move(Work<T> work, String queue, AMQP.BasicProperties properties, Runnable count) {
        Incoming incoming = work.incoming();
        republisher.publish(queue, properties, incoming.body(), (confirmed, reason) -> {
            if (confirmed) {
                count.run();
                over(work, session -> session.ack(incoming.tag()));
            } else {
                keep(incoming, queue, reason);
                leave(work);
            }
        });
    }

    /** It goes back, but after a while: it would come again at once. When the session is closed before, it goes back with it. */
    private void keep(Incoming incoming, String queue, String reason) {
        stats.unconfirmed();
        sessions.restoreRetries();
        LOG.error(
                "{}: message {} could not be put into {} and stays in {}: {}",
                settings.name(),
                incoming.messageId(),
                queue,
                settings.queue(),
                reason);
        mail.later(settings.confirmTimeout().toNanos(), () -> giveBack(incoming));
    }
}
