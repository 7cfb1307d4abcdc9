package dev.chassis.inbox;

import dev.chassis.messaging.Delivery;
import dev.chassis.messaging.Outcome;

/**
 * Handles deliveries once. Called like a {@link dev.chassis.messaging.DeliveryHandler}.
 *
 * @param <U> what its effect happens in: {@link java.sql.Connection} for a transaction, which the inbox commits
 * @param <T> what bodies are decoded to
 */
@FunctionalInterface
public interface InboxHandler<U, T> {

    /**
     * Handles one delivery. Its effect stays with {@link Outcome.Kind#ACK} only; with any other outcome it is undone as far as the store can.
     *
     * @throws Exception what it throws undoes its effect and is classed as for any handler
     */
    Outcome handle(U unit, Delivery<T> delivery) throws Exception;
}
