package dev.chassis.messaging;

/**
 * What became of a message. Immutable.
 *
 * @param messageId the message's id
 * @param outcome what is known
 * @param detail the broker's or our reason, in one line; empty for {@link Outcome#CONFIRMED}
 */
public record PublishResult(String messageId, Outcome outcome, String detail) {

    /** Whether the broker has it, in every queue it was routed to. */
    public boolean isConfirmed() {
        return outcome == Outcome.CONFIRMED;
    }

    /** What is known about a message. */
    public enum Outcome {
        /** The broker has taken responsibility for it. */
        CONFIRMED,
        /** No queue is bound for it; the broker has dropped it. */
        RETURNED,
        /** The broker refused it, for example because a queue with {@code reject-publish} is full. */
        NACKED,
        /** No confirm within the time-out; it may have arrived. */
        TIMED_OUT,
        /** The connection broke between sending and confirm; it may have arrived. */
        OUTCOME_UNKNOWN,
        /** It was not sent: the window was full, the broker blocks us, or there was no connection, for longer than a publish waits. */
        REFUSED
    }
}
