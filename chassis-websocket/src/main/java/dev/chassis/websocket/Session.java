package dev.chassis.websocket;

import dev.chassis.context.Correlation;
import java.util.Optional;

/** One client that is connected. Thread-safe; nothing here blocks. */
public interface Session {

    /** Its id, 16 hex digits, in every log line under {@code session_id}. */
    String id();

    /** The address of the client, as {@link dev.chassis.http.Request#clientAddress} says. */
    String clientAddress();

    /** Who it belongs to; empty where nobody asked. */
    Optional<Principal> principal();

    /** The ids of the request it began with, and {@code session_id} among the fields. */
    Correlation correlation();

    /** The subprotocol that was agreed on. */
    Optional<String> subprotocol();

    /**
     * What {@link WebSocketEndpoint#attach} has made of the request it began with.
     *
     * @throws IllegalStateException if there is nothing of this type
     */
    <A> A attachment(Class<A> type);

    /** Whether it can still be sent anything. */
    boolean isOpen();

    /** Sends a message. Handlers rather return it ({@link Reply}), which keeps it in order with what else they return. */
    SendResult send(Message message);

    /**
     * Closes it behind everything that was queued. Does nothing if it is closing.
     *
     * @param code 1000, or 3000 to 4999, or another that RFC 6455, section 7.4, lets a server send
     * @param reason at most 123 bytes in UTF-8, the rest is cut
     * @throws IllegalArgumentException if the code cannot be sent
     */
    void close(int code, String reason);
}
