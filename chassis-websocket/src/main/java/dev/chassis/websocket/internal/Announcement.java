package dev.chassis.websocket.internal;

/** What the chassis tells the sessions of a topic on its own. Thread-safe. */
@FunctionalInterface
public interface Announcement {

    /** The message for this topic. */
    EncodedMessage of(String topic);
}
