package dev.chassis.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values to JSON and back. Reading is strict: nothing is bent into shape, a primitive that was not sent is not zero, and nothing may follow
 * the value (RFC 8259); only members that nobody knows are skipped, so that senders may add some. Writing keeps the order of declaration,
 * and times are text (ISO 8601).
 *
 * <p>Loading the library takes longer than starting a server, so that is left to the first value; this class therefore knows none of its
 * types, not even to catch.
 *
 * <p>Thread-safe: the codec is built once, by whoever comes first, while the others wait for it rather than build it again.
 */
public final class Json {

    private final Object lock = new Object();
    private volatile @Nullable JsonCodec codec;

    /** JSON whose library is loaded when it is first needed. */
    public Json() {}

    /** Writes and reads a value, so that the first request need not load the library. */
    public void warmUp() {
        decode(encode(Map.of("warm", List.of(1, true, "up"))), Map.class);
    }

    /**
     * The value as JSON in UTF-8.
     *
     * @throws RuntimeException of the library if there is no JSON for values of this type
     */
    public byte[] encode(Object value) {
        return codec().encode(value);
    }

    /**
     * The value of these bytes.
     *
     * @param type what they should be; never read from the bytes themselves
     * @return never null: a JSON {@code null} is refused
     * @throws JsonException if they are no JSON of that type
     * @throws RuntimeException of the library if the type itself cannot be read from JSON, which no other bytes would change
     */
    public <T> T decode(byte[] bytes, Class<T> type) {
        return codec().decode(bytes, type);
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
