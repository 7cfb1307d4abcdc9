package dev.chassis.http.upgrade;

import io.netty.channel.Channel;

/**
 * Takes over a connection that leaves HTTP (RFC 9110, section 7.8).
 *
 * <p>Both methods are called on the event loop of the connection, one after the other in the same turn; they must not block. Neither is
 * called if the answer never comes to be sent: the client has gone, the server drains, or a filter has answered something else. What
 * must be given back is therefore taken in {@link #claim}, not before.
 */
public interface Upgrade {

    /**
     * The last word, before anything is written: takes what is limited in number.
     *
     * @return false for 503 with {@code Retry-After} instead of 101; then this is over. After true, {@link #take} follows
     */
    boolean claim();

    /**
     * Takes over. The 101 is written, HTTP's handlers are about to go, and bytes that came with the request follow through the pipeline
     * when this returns: whoever wants them has put a handler at its end by then. The channel is open, reads by itself, and closes when
     * the peer has closed its side. It counts as a connection of the server until it closes; no time-out of HTTP applies to it, and the
     * drain leaves it alone. When the server stops, it has what is left of the linger time-out, then it is cut.
     */
    void take(Channel channel);
}
