package dev.chassis.websocket;

/** What became of a message that was to be sent to one session. */
public enum SendResult {
    /** It waits its turn, or has been handed to the socket. */
    QUEUED,
    /** It waits, in the place of an older one with the same key that was not sent yet. */
    CONFLATED,
    /** There was no room for it, and its policy says that it may be lost. */
    DROPPED,
    /** The session is closed or closing, perhaps because this message found no room. */
    CLOSED;

    static SendResult of(dev.chassis.websocket.internal.SendResult result) {
        return switch (result) {
            case QUEUED -> QUEUED;
            case CONFLATED -> CONFLATED;
            case DROPPED -> DROPPED;
            case CLOSED -> CLOSED;
        };
    }
}
