package dev.chassis.websocket.internal;

import org.jspecify.annotations.Nullable;

/**
 * How a message may be treated at a session that reads too slowly. Immutable.
 *
 * @param kind what happens when there is no room
 * @param key of {@link Kind#CONFLATE}, else null
 */
public record Delivery(Kind kind, @Nullable String key) {

    /** The order is kept and nothing is lost: where there is no room, not even in the place of what may be dropped, the session is closed. */
    public static final Delivery DISCONNECT = new Delivery(Kind.DISCONNECT, null);

    /** Makes room by dropping the oldest waiting message that may be dropped, too. */
    public static final Delivery DROP_OLDEST = new Delivery(Kind.DROP_OLDEST, null);

    /** The chassis' own messages: they overtake what waits, and are few. */
    public static final Delivery CONTROL = new Delivery(Kind.CONTROL, null);

    /** The newest value of a key replaces an older one that still waits. */
    public static Delivery conflate(String key) {
        return new Delivery(Kind.CONFLATE, key);
    }

    /** Which lane, and what a full one means. */
    public enum Kind {
        CONTROL,
        DISCONNECT,
        DROP_OLDEST,
        CONFLATE
    }
}
