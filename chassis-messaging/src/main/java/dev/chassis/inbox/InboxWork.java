package dev.chassis.inbox;

/**
 * Work that is to be done once.
 *
 * @param <U> what its effect happens in: {@link java.sql.Connection} for a transaction
 */
@FunctionalInterface
public interface InboxWork<U> {

    /**
     * Does it.
     *
     * @return whether it is done. If not, its effect is undone as far as the store can, and it is done again next time
     * @throws Exception like {@code false}
     */
    boolean run(U unit) throws Exception;
}
