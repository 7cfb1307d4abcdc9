package dev.chassis.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** The floor: one list of channels for each loop, a message encoded once, one flush for all that has come together. No limits. */
final class ShardBroadcast implements Broadcast {
    private final Map<EventLoop, Shard> shards = new ConcurrentHashMap<>();

    @Override
    public void add(Channel channel) {
        shards.computeIfAbsent(channel.eventLoop(), Shard::new).channels.add(channel);
    }

    @Override
    public void remove(Channel channel) {
        shards.computeIfAbsent(channel.eventLoop(), Shard::new).channels.remove(channel);
    }

    @Override
    public void tell(String message) {
        byte[] payload = message.getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = Unpooled.directBuffer(payload.length + 4).writeByte(0x81);
        if (payload.length < 126) {
            frame.writeByte(payload.length);
        } else {
            frame.writeByte(126).writeShort(payload.length);
        }
        frame.writeBytes(payload);
        shards.values().forEach(shard -> shard.tell(Unpooled.unreleasableBuffer(frame)));
    }

    private static final class Shard implements Runnable {
        private final EventLoop loop;
        private final Set<Channel> channels = new LinkedHashSet<>();
        private final Queue<ByteBuf> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean scheduled = new AtomicBoolean();

        Shard(EventLoop loop) {
            this.loop = loop;
        }

        void tell(ByteBuf frame) {
            waiting.add(frame);
            if (scheduled.compareAndSet(false, true)) {
                loop.execute(this);
            }
        }

        @Override
        public void run() {
            scheduled.set(false);
            List<ByteBuf> batch = new ArrayList<>();
            for (ByteBuf frame = waiting.poll(); frame != null; frame = waiting.poll()) {
                batch.add(frame);
            }
            for (Channel channel : channels) {
                batch.forEach(frame -> channel.write(frame.duplicate(), channel.voidPromise()));
                channel.flush();
            }
        }
    }
}
