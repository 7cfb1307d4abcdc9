package dev.chassis.websocket;

import dev.chassis.json.Json;
import dev.chassis.websocket.internal.Delivery;
import dev.chassis.websocket.internal.EncodedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something to be sent, to one session or to many. It is encoded once, however many receive it. Immutable and thread-safe.
 *
 * <p>A session that reads too slowly is closed rather than sent a part of what it should get, unless the message says otherwise: {@link
 * #droppable} or {@link #latest}.
 */
public final class Message {

    private final Object value; // String, byte[], or what becomes JSON
    private final boolean json;
    private final Delivery delivery;
    private volatile @Nullable EncodedMessage encoded;

    private Message(Object value, boolean json, Delivery delivery) {
        this.value = Objects.requireNonNull(value, "value");
        this.json = json;
        this.delivery = delivery;
    }

    /** A text message. */
    public static Message text(String text) {
        return new Message(text, false, Delivery.DISCONNECT);
    }

    /** A binary message; the bytes must not be changed afterwards. */
    public static Message binary(byte[] bytes) {
        return new Message(bytes, false, Delivery.DISCONNECT);
    }

    /** A text message with a value as JSON, as {@link dev.chassis.http.Response#json} writes it. It is encoded when it is first sent. */
    public static Message json(Object value) {
        return new Message(value, true, Delivery.DISCONNECT);
    }

    /** The same, which may be dropped to make room for newer ones at a session that reads too slowly. */
    public Message droppable() {
        return with(Delivery.DROP_OLDEST);
    }

    /** The same as the latest value of a key: at a session that reads too slowly it takes the place of an older one that still waits. */
    public Message latest(String key) {
        return with(Delivery.conflate(Objects.requireNonNull(key, "key")));
    }

    /** The frames of it, made by whoever comes first; two may both, and make the same. */
    EncodedMessage encoded(Json codec) {
        EncodedMessage known = encoded;
        if (known == null) {
            known = encode(codec);
            encoded = known;
        }
        return known;
    }

    Delivery delivery() {
        return delivery;
    }

    private EncodedMessage encode(Json codec) {
        if (json) {
            return EncodedMessage.text(new String(codec.encode(value), StandardCharsets.UTF_8));
        }
        return value instanceof byte[] bytes ? EncodedMessage.binary(bytes) : EncodedMessage.text((String) value);
    }

    private Message with(Delivery other) {
        Message same = new Message(value, json, other);
        same.encoded = encoded;
        return same;
    }
}
