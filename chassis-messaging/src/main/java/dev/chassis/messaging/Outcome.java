package dev.chassis.messaging;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a handler says about a delivery. Immutable.
 *
 * @param kind what is to happen
 * @param reason why, in one line, for the log and the dead letter; empty where nobody asks
 * @param delay how long to wait before the next attempt; null for the consumer's own backoff
 */
public record Outcome(Kind kind, String reason, @Nullable Duration delay) {

    private static final Outcome ACK = new Outcome(Kind.ACK, "", null);
    private static final Outcome GIVE_BACK = new Outcome(Kind.RETURN, "", null);

    /** Checks that nothing is missing. */
    public Outcome {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
    }

    /** Done. */
    public static Outcome ack() {
        return ACK;
    }

    /** Failed; try again later. Counts as an attempt. */
    public static Outcome retry(String reason) {
        return new Outcome(Kind.RETRY, reason, null);
    }

    /** Failed; try again after this long at the earliest. Counts as an attempt. */
    public static Outcome retry(String reason, Duration delay) {
        return new Outcome(Kind.RETRY, reason, delay);
    }

    /** Will never work; keep it where a human can look at it. */
    public static Outcome deadLetter(String reason) {
        return new Outcome(Kind.DEAD_LETTER, reason, null);
    }

    /** Not handled at all: somebody else may have it at once. Counts as no attempt where the broker can tell (RabbitMQ 4.3). */
    public static Outcome giveBack() {
        return GIVE_BACK;
    }

    /** What is to happen to a delivery. */
    public enum Kind {
        /** It is acknowledged. */
        ACK,
        /** It is tried again later, and becomes a dead letter after the last attempt. */
        RETRY,
        /** It becomes a dead letter. */
        DEAD_LETTER,
        /** It goes back to the queue. */
        RETURN
    }
}
