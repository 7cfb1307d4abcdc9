package dev.chassis.websocket;

/**
 * What a service does with its sessions. The calls for one session come one after the other, in order, each when what the one before has
 * returned is done; those of different sessions come at the same time. All may block: they run on workers.
 *
 * @param <T> what messages are: text, bytes, or a value decoded from JSON
 */
@FunctionalInterface
public interface WebSocketHandler<T> {

    /**
     * A session begins; the first call. Default: nothing.
     *
     * @throws Exception for any reason: it is logged and the session closed with 1011
     */
    default Reply onOpen(Session session) throws Exception {
        return Reply.none();
    }

    /**
     * A message has arrived, whole.
     *
     * @throws Exception for any reason: it is logged and the session closed with 1011
     */
    Reply onMessage(Session session, T message) throws Exception;

    /**
     * A session is over; the last call, once for each that has begun, also when the service stops, unless a handler outlasts the drain.
     *
     * @param code what was closed with; 1006 if the connection ended without
     * @throws Exception for any reason; it is logged
     */
    default void onClose(Session session, int code, String reason) throws Exception {}
}
