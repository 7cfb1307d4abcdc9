package dev.chassis.bus;

import java.util.function.Consumer;

/**
 * Tells every task of a service something, at most once and in no promised order across publishers. What must not be lost belongs in a
 * queue.
 *
 * <p>Implementations are thread-safe.
 */
public interface ClusterBus {

    /** Publishes bytes to whoever is subscribed now, this task included. Returns when they have been handed to the transport. */
    void publish(String topic, byte[] message);

    /** Subscribes. The subscriber runs on a thread of the transport and must not block. */
    Subscription subscribe(String topic, Subscriber subscriber);

    /** Receives what a topic tells. */
    interface Subscriber {

        /** A message arrived. The array belongs to the subscriber. */
        void onMessage(byte[] message);

        /** Messages may have been missed (the connection was away); whoever keeps state must fetch it anew. Default: nothing. */
        default void onGap() {}

        /** A subscriber that ignores gaps. */
        static Subscriber of(Consumer<byte[]> onMessage) {
            return onMessage::accept;
        }
    }

    /** A subscription; closing it ends it. Idempotent. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
