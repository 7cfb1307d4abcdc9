package dev.chassis.websocket.internal;

/**
 * A message to a topic, as every loop of this task gets it.
 *
 * @param number grows with every message to any topic of this task; a resume token has that of the message before it
 * @param ifIdle send it only where nothing waits: a resume token must not overtake what it vouches for
 */
record Publication(String topic, long number, EncodedMessage message, Delivery delivery, boolean ifIdle) {

    /** What it takes while it waits. */
    int cost() {
        return message.size(null) + Lanes.OVERHEAD;
    }
}
