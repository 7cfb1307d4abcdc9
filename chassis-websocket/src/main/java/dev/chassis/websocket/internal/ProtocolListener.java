package dev.chassis.websocket.internal;

/**
 * What a connection tells. Always called on its event loop; must not block. One that throws loses the connection, closed with 1011.
 *
 * <p>Of {@link #peerClosed} and {@link #violated} at most one is called, and no message comes after it; {@link #gone} is always the last
 * call, and is made once.
 */
public interface ProtocolListener {

    /**
     * A text message is complete.
     *
     * @param bytes its length in UTF-8
     */
    void text(String message, int bytes);

    /** A binary message is complete; the array is the listener's. */
    void binary(byte[] message);

    /** A pong arrived, asked for or not. */
    default void pong() {}

    /** What the socket had for now has been told. */
    default void readComplete() {}

    /** The channel takes more, or is to be given no more for now. */
    default void writabilityChanged(boolean writable) {}

    /**
     * The peer closes; the answer goes out when this returns, and nothing may be written before it or after.
     *
     * @param code what it said, 1005 if nothing (RFC 6455, section 7.1.5)
     */
    void peerClosed(int code, String reason);

    /** The peer broke a rule; the close frame goes out when this returns, and nothing may be written before it or after. */
    void violated(int code, String reason);

    /** The channel is closed, for whatever reason. */
    void gone();
}
