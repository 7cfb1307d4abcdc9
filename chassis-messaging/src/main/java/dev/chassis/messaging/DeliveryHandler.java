package dev.chassis.messaging;

/** Handles deliveries. Called on worker threads, where it may block; called by several at once unless the consumer says otherwise. */
@FunctionalInterface
public interface DeliveryHandler<T> {

    /**
     * Handles one delivery, under its correlation. Returning is the acknowledgement; nothing else talks to the broker.
     *
     * @throws Exception what it throws is classed in one place: passing failures are tried again later, permanent ones become dead letters
     */
    Outcome handle(Delivery<T> delivery) throws Exception;
}
