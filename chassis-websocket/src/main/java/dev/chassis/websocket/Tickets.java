package dev.chassis.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tickets: what a client that has authenticated over HTTP gets to open one session with, where it can send no headers. A ticket is
 * signed, good for {@code chassis.websocket.ticket-lifetime} and for one session, so that one in a log line is worth nothing.
 *
 * <p>A task takes a ticket once, whoever issued it. Other tasks learn that it has been used over the cluster bus, where there is one, and
 * may take it until that has reached them. Tasks take each other's tickets if {@code chassis.websocket.signing-key} is the same.
 *
 * <p>Thread-safe. I1: a nonce is in {@code used} from its first use until its ticket has expired.
 */
public final class Tickets {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int NONCE_BYTES = 16;
    private static final int SIGNATURE_BYTES = 32;
    private static final int HEAD_BYTES = NONCE_BYTES + Long.BYTES + Long.BYTES;
    private static final int MAX_LENGTH = 2048;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int PURGE_EVERY = 1024;

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<ByteBuffer, Long> used = new ConcurrentHashMap<>();
    private final Consumer<byte[]> tell;

    Tickets(byte[] key, Duration lifetime, Consumer<byte[]> tell) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.lifetime = lifetime;
        this.tell = tell;
    }

    /** A ticket for one session of this principal; safe in a URL. */
    public String issue(Principal principal) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] user = principal.user().getBytes(StandardCharsets.UTF_8);
        byte[] content = ByteBuffer.allocate(HEAD_BYTES + user.length)
                .put(nonce)
                .putLong(Instant.now().plus(lifetime).toEpochMilli())
                .putLong(principal.expiresAt().map(Instant::toEpochMilli).orElse(NEVER))
                .put(user)
                .array();
        byte[] ticket = Arrays.copyOf(content, content.length + SIGNATURE_BYTES);
        System.arraycopy(sign(content), 0, ticket, content.length, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ticket);
    }

    /** Whose ticket it is, once; empty if it is none, too old, or used. */
    public Optional<Principal> redeem(String ticket) {
        byte[] bytes = decode(ticket);
        if (bytes.length <= HEAD_BYTES + SIGNATURE_BYTES) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(bytes, bytes.length - SIGNATURE_BYTES);
        byte[] signature = Arrays.copyOfRange(bytes, content.length, bytes.length);
        if (!MessageDigest.isEqual(signature, sign(content))) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(content);
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(nonce);
        long until = in.getLong();
        long expiry = in.getLong();
        if (until < System.currentTimeMillis() || !use(nonce, until)) {
            return Optional.empty();
        }
        tell.accept(Arrays.copyOf(content, NONCE_BYTES + Long.BYTES));
        String user = StandardCharsets.UTF_8.decode(in).toString();
        return Optional.of(expiry == NEVER ? Principal.of(user) : Principal.until(user, Instant.ofEpochMilli(expiry)));
    }

    /** Another task has taken one. */
    void usedElsewhere(byte[] told) {
        if (told.length == NONCE_BYTES + Long.BYTES) {
            use(Arrays.copyOf(told, NONCE_BYTES), ByteBuffer.wrap(told).getLong(NONCE_BYTES));
        }
    }

    /** Used tickets that are remembered. */
    int knownAsUsed() {
        return used.size();
    }

    private boolean use(byte[] nonce, long until) {
        if (used.size() % PURGE_EVERY == PURGE_EVERY - 1) {
            long now = System.currentTimeMillis();
            used.values().removeIf(end -> end < now);
        }
        return used.putIfAbsent(ByteBuffer.wrap(nonce), until) == null; // I1
    }

    private static byte[] decode(String ticket) {
        try {
            return ticket.length() > MAX_LENGTH
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(ticket);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private byte[] sign(byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
