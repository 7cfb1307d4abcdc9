package dev.chassis.redis;

import io.lettuce.core.codec.RedisCodec;
import java.nio.ByteBuffer;

/** For commands that have neither keys nor values, only bytes. */
final class NoCodec<K, V> implements RedisCodec<K, V> {

    @Override
    public K decodeKey(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public V decodeValue(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteBuffer encodeKey(K key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteBuffer encodeValue(V value) {
        throw new UnsupportedOperationException();
    }
}
