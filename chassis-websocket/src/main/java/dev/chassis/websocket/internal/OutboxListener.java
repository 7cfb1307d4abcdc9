package dev.chassis.websocket.internal;

/** Told by an outbox, on its event loop. */
public interface OutboxListener {

    /**
     * The session does not read fast enough: its outbox takes nothing more and it must be closed (1013, or 4008). Called once at most.
     *
     * @param reason for a log line
     */
    void tooSlow(String reason);
}
