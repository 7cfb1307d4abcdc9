package dev.chassis.messaging;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a delivery, whether the handler returned it or threw it: exceptions are classed here and nowhere else. Immutable.
 *
 * @param kind what is to happen
 * @param reason why, in one line
 * @param delay the least time until the next attempt; null for the consumer's own
 * @param failure what was thrown, if anything
 */
record Verdict(
        Kind kind,
        String reason,
        @Nullable Duration delay,
        @Nullable Throwable failure) {

    /** How far down a chain of causes a class is looked for. Chains may be circular. */
    private static final int MAX_CAUSES = 16;

    enum Kind {
        ACK,
        RETRY,
        DEAD_LETTER,
        UNDECODABLE,
        RETURN,
        PAUSE
    }

    static Verdict of(@Nullable Outcome outcome) {
        if (outcome == null) {
            return of(new IllegalStateException("the handler returned null (expected: an Outcome)"));
        }
        Kind kind = switch (outcome.kind()) {
            case ACK -> Kind.ACK;
            case RETRY -> Kind.RETRY;
            case DEAD_LETTER -> Kind.DEAD_LETTER;
            case RETURN -> Kind.RETURN;
        };
        return new Verdict(kind, outcome.reason(), outcome.delay(), null);
    }

    /** Classes what was thrown. What nobody has classed may pass: trying again costs little, losing a message much. */
    static Verdict of(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof UndecodableException) {
                return new Verdict(Kind.UNDECODABLE, reason(cause), null, failure);
            }
            if (cause instanceof PermanentFailureException) {
                return new Verdict(Kind.DEAD_LETTER, reason(cause), null, failure);
            }
            if (cause instanceof DependencyDownException) {
                return new Verdict(Kind.PAUSE, reason(cause), null, failure);
            }
            cause = cause.getCause();
        }
        return new Verdict(Kind.RETRY, reason(failure), null, failure);
    }

    static Verdict timedOut(Duration limit) {
        String reason = "the handler took longer than " + limit;
        return new Verdict(Kind.RETRY, reason, null, new TimeoutException(reason));
    }

    static Verdict giveBack(String reason) {
        return new Verdict(Kind.RETURN, reason, null, null);
    }

    Verdict as(Kind other) {
        return new Verdict(other, reason, delay, failure);
    }

    /** The message of an exception of somebody else's making may be null, or may itself throw. */
    private static String reason(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null ? failure.getClass().getName() : message;
        } catch (RuntimeException broken) {
            return failure.getClass().getName();
        }
    }
}
