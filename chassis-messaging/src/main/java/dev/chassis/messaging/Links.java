package dev.chassis.messaging;

import dev.chassis.time.Deadline;
import org.jspecify.annotations.Nullable;

/** Where publishers and consumers get the connection of their role from. Thread-safe. */
interface Links {

    /** The connection as it is now; null while there is none, or while its topology is being declared. Does not block. */
    @Nullable
    Link current();

    /**
     * Waits until there is one.
     *
     * @return null if there is none when the deadline has passed, or if there will never be one again
     * @throws InterruptedException if interrupted while waiting
     */
    @Nullable
    Link await(Deadline deadline) throws InterruptedException;

    /** Whether it has been told to stop: there will be no other link. */
    boolean isStopped();
}
