package dev.chassis.inbox;

import java.time.Duration;

/**
 * Remembers which messages a consumer has handled. Thread-safe.
 *
 * @param <U> what the effect of the work happens in
 */
public interface InboxStore<U> {

    /** What has become of work. */
    enum Result {
        /** It was done now. */
        HANDLED,
        /** It had been done before. */
        DUPLICATE,
        /** Somebody else is doing it now, and it is not known how that ends. */
        BUSY,
        /** It ran and said that it is not done. */
        UNDONE
    }

    /**
     * Does the work, unless it has been done for this consumer and message.
     *
     * @throws Exception what the work or the store throws; then it counts as not done, or, if the store did not answer, as unknown: the next
     *     attempt finds out
     */
    Result run(String consumer, String messageId, InboxWork<U> work) throws Exception;

    /**
     * The same in a unit that the caller has begun and ends.
     *
     * @throws UnsupportedOperationException if units of this store are its own
     */
    Result runIn(U unit, String consumer, String messageId, InboxWork<U> work) throws Exception;

    /**
     * Tries whether the store can be used as it is.
     *
     * @throws dev.chassis.lifecycle.TransientFailureException if it cannot be asked now
     * @throws Exception if it will not work
     */
    void verify() throws Exception;

    /**
     * Forgets some of what was handled longer ago than this.
     *
     * @return how many; zero when there is nothing left to forget
     */
    long forget(Duration retention) throws Exception;
}
