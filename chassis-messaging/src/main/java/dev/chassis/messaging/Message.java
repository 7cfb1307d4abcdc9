package dev.chassis.messaging;

import dev.chassis.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be published. Immutable: each {@code with} gives a new one. Persistent and mandatory, always.
 *
 * <p>The body is not copied; who hands it over no longer changes it.
 */
public final class Message {

    private static final Json JSON = new Json(); // loads its library when it is first used

    private final byte[] body;
    private final String contentType;
    private final String id;
    private final Map<String, Object> headers;
    private final Optional<Duration> expiration;

    private Message(
            byte[] body, String contentType, String id, Map<String, Object> headers, Optional<Duration> expiration) {
        this.body = body;
        this.contentType = contentType;
        this.id = id;
        this.headers = headers;
        this.expiration = expiration;
    }

    /** Bytes of this content type, with a message-id of their own. */
    public static Message of(byte[] body, String contentType) {
        Objects.requireNonNull(body, "body");
        Texts.requireShort("contentType", contentType);
        return new Message(body, contentType, UUID.randomUUID().toString(), Map.of(), Optional.empty());
    }

    /** The value as JSON in UTF-8 (Jackson 3), with a message-id of its own. Properties in the order of their declaration. */
    public static Message json(Object value) {
        return of(JSON.encode(Objects.requireNonNull(value, "value")), "application/json");
    }

    /** With this message-id: the name by which consumers know a message they have handled before. */
    public Message withId(String messageId) {
        return new Message(body, contentType, Texts.requireShort("messageId", messageId), headers, expiration);
    }

    /**
     * With one more header.
     *
     * @throws IllegalArgumentException if the name is too long, the value is of no type AMQP knows, or all headers together are too large:
     *     here, because at the broker it would cost the channel, and with it the certainty about other messages
     */
    public Message withHeader(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(headers);
        more.put(Texts.requireShort("header", name), Objects.requireNonNull(value, name));
        HeaderRules.check(name, more);
        return new Message(body, contentType, id, Map.copyOf(more), expiration);
    }

    /** Dropped, or dead-lettered, when it has waited this long in a queue. */
    public Message withExpiration(Duration afterwards) {
        return new Message(body, contentType, id, headers, Optional.of(afterwards));
    }

    /** The body. */
    public byte[] body() {
        return body;
    }

    /** The content type. */
    public String contentType() {
        return contentType;
    }

    /** The message-id. */
    public String id() {
        return id;
    }

    /** The headers. */
    public Map<String, Object> headers() {
        return headers;
    }

    /** How long it may wait in a queue. */
    public Optional<Duration> expiration() {
        return expiration;
    }
}
