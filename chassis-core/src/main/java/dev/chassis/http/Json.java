package dev.chassis.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values to JSON and back, as bodies have it (see {@link Request#body(Class)}), for transports that carry it, too. Loading the library takes longer than starting a server, so that is left to the first value; this class
 * therefore knows none of its types, not even to catch.
 *
 * <p>Thread-safe: the codec is built once, by whoever comes first, while the others wait for it rather than build it again.
 */
public final class Json {

    private final Object lock = new Object();
    private volatile @Nullable JsonCodec codec;

    /** A codec of its own; nothing is loaded yet. */
    public Json() {}

    /** Writes and reads a value, so that the first request need not load the library. */
    public void warmUp() {
        decode(encode(Map.of("warm", List.of(1, true, "up"))), Map.class);
    }

    /** The value as JSON in UTF-8. */
    public byte[] encode(Object value) {
        return codec().encode(value);
    }

    /**
     * The value of a body.
     *
     * @throws HttpException 400 if it is no JSON of that shape
     */
    public <T> T decode(byte[] body, Class<T> type) {
        return codec().decode(body, type);
    }

    private JsonCodec codec() {
        JsonCodec known = codec;
        return known == null ? build() : known;
    }

    private JsonCodec build() {
        synchronized (lock) {
            JsonCodec known = codec;
            if (known == null) {
                known = new JsonCodec();
                codec = known;
            }
            return known;
        }
    }
}
