package dev.chassis.bench.netty;

import io.netty.channel.Channel;

/** Tells all sessions the same. {@code add} and {@code remove} run on the channel's event loop, {@code tell} anywhere. */
interface Broadcast {
    void add(Channel channel);

    void remove(Channel channel);

    void tell(String message);
}
