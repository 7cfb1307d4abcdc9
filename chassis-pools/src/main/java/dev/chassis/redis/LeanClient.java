package dev.chassis.redis;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.pubsub.PubSubEndpoint;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnectionImpl;
import io.lettuce.core.pubsub.api.sync.RedisPubSubCommands;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client whose connections make their blocking commands when they are first asked for. These are proxies with a method for each command of
 * Redis; to make their classes takes a seventh of the processor time in which a whole service starts, and a pool does not need them to be
 * ready. Thread-safe.
 */
final class LeanClient extends RedisClient {

    LeanClient(ClientResources resources) {
        super(resources, new RedisURI()); // each connection says where it goes
    }

    @Override
    protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
            RedisChannelWriter writer, PushHandler pushes, RedisCodec<K, V> codec, Duration timeout) {
        return new Plain<>(this, writer, pushes, codec, timeout);
    }

    @Override
    protected <K, V> StatefulRedisPubSubConnectionImpl<K, V> newStatefulRedisPubSubConnection(
            PubSubEndpoint<K, V> endpoint, RedisChannelWriter writer, RedisCodec<K, V> codec, Duration timeout) {
        return new PubSub<>(endpoint, writer, codec, timeout);
    }

    private static final class Plain<K, V> extends StatefulRedisConnectionImpl<K, V> {

        private volatile @Nullable RedisCommands<K, V> blocking; // two who ask at once may make two, which are the same

        Plain(
                RedisClient client,
                RedisChannelWriter writer,
                PushHandler pushes,
                RedisCodec<K, V> codec,
                Duration timeout) {
            super(writer, pushes, codec, timeout, client.getOptions().getJsonParser());
        }

        /** By the constructor. */
        @Override
        protected @Nullable RedisCommands<K, V> newRedisSyncCommandsImpl() {
            return null;
        }

        @Override
        public RedisCommands<K, V> sync() {
            RedisCommands<K, V> made = blocking;
            if (made == null) {
                made = super.newRedisSyncCommandsImpl();
                blocking = made;
            }
            return made;
        }
    }

    private static final class PubSub<K, V> extends StatefulRedisPubSubConnectionImpl<K, V> {

        private volatile @Nullable RedisPubSubCommands<K, V> blocking;

        PubSub(PubSubEndpoint<K, V> endpoint, RedisChannelWriter writer, RedisCodec<K, V> codec, Duration timeout) {
            super(endpoint, writer, codec, timeout);
        }

        /** By the constructor. */
        @Override
        protected @Nullable RedisPubSubCommands<K, V> newRedisSyncCommandsImpl() {
            return null;
        }

        @Override
        public RedisPubSubCommands<K, V> sync() {
            RedisPubSubCommands<K, V> made = blocking;
            if (made == null) {
                made = super.newRedisSyncCommandsImpl();
                blocking = made;
            }
            return made;
        }
    }
}
