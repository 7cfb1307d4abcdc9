package dev.chassis.websocket.internal;

/** What became of a message that was to be sent to one session. */
public enum SendResult {
    /** It waits its turn, or has been handed to the socket. */
    QUEUED,
    /** It waits, in the place of an older one with the same key that was not sent yet. */
    CONFLATED,
    /** There was no room for it, and the policy says that it may be lost. */
    DROPPED,
    /** The session is closed or closing, perhaps because this message found no room. */
    CLOSED
}
