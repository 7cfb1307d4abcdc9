package dev.chassis.websocket.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Resume tokens: bookmarks in a topic. A token says how far its holder had been told everything, and until when that is worth something.
 *
 * <p>It is signed (HMAC-SHA256, RFC 2104) so that nobody can make tasks search for positions that never were, or read one topic with the
 * token of another. It is neither secret nor a credential: it names no user, anybody who has it can use it, and whoever shows it must be
 * allowed to join the topic just as without.
 *
 * <p>Thread-safe.
 */
public final class ResumeTokens {

    /** What a key must have at least: as many bytes as the hash (RFC 2104, section 3). */
    public static final int MIN_KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 16; // truncated to half, which RFC 2104, section 5 allows
    private static final int MAX_CHARS = 8 * 1024;

    private final byte[] endpoint;
    private final SecretKeySpec key;
    private final long ttlMillis;
    private final LongSupplier clock;

    /**
     * Tokens of one endpoint.
     *
     * @param endpoint signed along, so that tokens of one are worth nothing at another
     * @param key the same on all tasks
     * @param clock milliseconds since 1970
     * @throws IllegalArgumentException if the key is shorter than {@value #MIN_KEY_BYTES} bytes
     */
    public ResumeTokens(String endpoint, byte[] key, long ttlMillis, LongSupplier clock) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the key of resume tokens has " + key.length + " bytes; at least " + MIN_KEY_BYTES + " are needed");
        }
        this.endpoint = endpoint.getBytes(StandardCharsets.UTF_8);
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.ttlMillis = ttlMillis;
        this.clock = clock;
    }

    String sign(String topic, Map<UUID, Long> position) {
        byte[] content = encode(position, clock.getAsLong() + ttlMillis);
        byte[] token = Arrays.copyOf(content, content.length + SIGNATURE_BYTES);
        System.arraycopy(signature(topic, content), 0, token, content.length, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The position of a token; null if it is not ours, not of this topic, or too old. */
    @Nullable
    Map<UUID, Long> read(String topic, String token) {
        if (token.length() > MAX_CHARS) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            int length = Math.max(0, bytes.length - SIGNATURE_BYTES);
            byte[] content = Arrays.copyOf(bytes, length);
            byte[] signature = Arrays.copyOfRange(bytes, length, bytes.length);
            return MessageDigest.isEqual(signature, signature(topic, content)) ? decode(content) : null;
        } catch (IllegalArgumentException | IOException e) {
            return null;
        }
    }

    private byte[] signature(String topic, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(endpoint);
            mac.update((byte) 0);
            mac.update(topic.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(content), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] encode(Map<UUID, Long> position, long expires) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(expires);
            out.writeShort(position.size());
            for (Map.Entry<UUID, Long> each : position.entrySet()) {
                out.writeLong(each.getKey().getMostSignificantBits());
                out.writeLong(each.getKey().getLeastSignificantBits());
                out.writeLong(each.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes everything", e);
        }
        return bytes.toByteArray();
    }

    private @Nullable Map<UUID, Long> decode(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        if (in.readLong() < clock.getAsLong()) {
            return null;
        }
        Map<UUID, Long> position = new HashMap<>();
        for (int left = in.readShort(); left > 0; left--) {
            UUID node = new UUID(in.readLong(), in.readLong());
            position.put(node, in.readLong());
        }
        return position;
    }
}
