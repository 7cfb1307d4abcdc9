package dev.chassis.http;

import dev.chassis.http.upgrade.Upgrade;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One answer. Immutable and thread-safe: the verbs return a changed copy, so a response can be a constant.
 *
 * <pre>{@code
 * Response.json(player)
 * Response.created("/players/7", player).header("etag", "\"7\"")
 * Response.stream("text/csv", out -> report.writeTo(out))
 * }</pre>
 *
 * <p>{@code Content-Length}, {@code Transfer-Encoding}, {@code Connection} and {@code Date} belong to the server and cannot be set.
 */
public final class Response {

    private static final Body NO_BODY = new Body.Bytes(new byte[0]);
    private static final String CONTENT_TYPE = "content-type";
    private static final List<Map.Entry<String, String>> TEXT =
            List.of(Map.entry(CONTENT_TYPE, "text/plain; charset=utf-8"));
    private static final List<Map.Entry<String, String>> JSON = List.of(Map.entry(CONTENT_TYPE, "application/json"));

    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final Body body;

    private Response(int status, List<Map.Entry<String, String>> headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** 200 with text in UTF-8. */
    public static Response text(String text) {
        return new Response(200, TEXT, new Body.Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** 200 with a value as JSON; encoded on the thread of the handler, so a value that cannot be encoded is a 500 and no half answer. */
    public static Response json(Object value) {
        return new Response(200, JSON, new Body.Json(value));
    }

    /** 200 with these bytes, which must not be changed afterwards. */
    public static Response bytes(String contentType, byte[] bytes) {
        return of(200, contentType, new Body.Bytes(bytes));
    }

    /**
     * 200 with a body written bit by bit. The writer runs on the worker thread; it blocks while the client is slow, and fails with an {@link
     * IOException} when the client has gone.
     */
    public static Response stream(String contentType, StreamWriter writer) {
        return of(200, contentType, new Body.Stream(writer));
    }

    /**
     * 200 with server-sent events (WHATWG HTML, section 9.2), written as they happen until the writer returns, the client goes or the server
     * drains: then the answer ends between two events, as a whole one, and the client comes back by itself, to another task, within {@code
     * chassis.http.events.reconnect-spread}. The writer is told by an interruption, and by the failure of what it sends next. Where {@code
     * chassis.http.events.max-streams} are open already, the answer is 503.
     */
    public static Response events(EventWriter writer) {
        return of(200, "text/event-stream", new Body.Stream(out -> writer.write(new EventStream(out)), true))
                .header("cache-control", "no-store");
    }

    /** An answer without a body. */
    public static Response empty(int status) {
        return new Response(checked(status), List.of(), NO_BODY);
    }

    /** 204. */
    public static Response noContent() {
        return empty(204);
    }

    /** 201 with the place of what was made, and its JSON. */
    public static Response created(String location, Object value) {
        return json(value).status(201).header("location", location);
    }

    /**
     * 101: the connection leaves HTTP and is taken over, with what has been read of it. For transports; see {@link Upgrade}. It answers a
     * {@code GET} of HTTP/1.1 without a body; {@code Upgrade: websocket}, the one protocol this server changes to, is added by the server.
     * Neither its status nor its body can be changed.
     */
    public static Response upgrade(Upgrade upgrade) {
        return new Response(101, List.of(), new Body.Upgrading(upgrade));
    }

    /** 202: accepted, to be done in the background. */
    public static Response accepted() {
        return empty(202);
    }

    /** 303 to another place, to be fetched with GET. */
    public static Response seeOther(String location) {
        return empty(303).header("location", location);
    }

    /**
     * The same answer with another status.
     *
     * @throws IllegalArgumentException if it is not 200 to 599
     * @throws IllegalStateException if this is an {@link #upgrade}
     */
    public Response status(int status) {
        checkNotUpgrading();
        return new Response(checked(status), headers, body);
    }

    /**
     * The same answer with one more header field; {@code Content-Type} may occur only once, so it takes the place of the one before.
     *
     * @throws IllegalArgumentException if the name is not a token, the value has a control character, or the field belongs to the server
     */
    public Response header(String name, String value) {
        HeaderRules.check(name, value);
        List<Map.Entry<String, String>> more = new ArrayList<>(headers.size() + 1);
        more.addAll(headers);
        if (CONTENT_TYPE.equalsIgnoreCase(name)) {
            more.removeIf(field -> CONTENT_TYPE.equalsIgnoreCase(field.getKey()));
        }
        more.add(Map.entry(name, value));
        return new Response(status, List.copyOf(more), body);
    }

    /**
     * The same answer with another body; the content type stays as it is.
     *
     * @throws IllegalStateException if this is an {@link #upgrade}
     */
    public Response body(Body body) {
        checkNotUpgrading();
        Objects.requireNonNull(body, "body");
        return new Response(status, headers, body);
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** The header fields in order, unmodifiable. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The first value of a header field, whatever the case of its name. */
    public Optional<String> header(String name) {
        for (Map.Entry<String, String> field : headers) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return Optional.of(field.getValue());
            }
        }
        return Optional.empty();
    }

    /** The body. */
    public Body body() {
        return body;
    }

    @Override
    public String toString() {
        return "Response[" + status + ", " + header(CONTENT_TYPE).orElse("no content type") + "]";
    }

    private static Response of(int status, String contentType, Body body) {
        HeaderRules.check(CONTENT_TYPE, contentType);
        return new Response(status, List.of(Map.entry(CONTENT_TYPE, contentType)), body);
    }

    private void checkNotUpgrading() {
        if (body instanceof Body.Upgrading) {
            throw new IllegalStateException("an upgrade is 101 and nothing else (expected: another response instead)");
        }
    }

    private static int checked(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        return status;
    }

    /** What an answer carries. */
    public sealed interface Body {

        /** Bytes that are there. */
        record Bytes(byte[] bytes) implements Body {
            public Bytes {
                Objects.requireNonNull(bytes, "bytes");
            }
        }

        /** A value still to be encoded. */
        record Json(Object value) implements Body {
            public Json {
                Objects.requireNonNull(value, "value");
            }
        }

        /**
         * Bytes still to come.
         *
         * @param untilDrain whether it has no end of its own, and is whole wherever it ends; a drain ends it then, and waits for it otherwise
         */
        record Stream(StreamWriter writer, boolean untilDrain) implements Body {
            public Stream {
                Objects.requireNonNull(writer, "writer");
            }

            /** One that a drain waits for. */
            public Stream(StreamWriter writer) {
                this(writer, false);
            }

            /** The same, written by another one. */
            public Stream writtenBy(StreamWriter other) {
                return new Stream(other, untilDrain);
            }
        }

        /** No body: another protocol begins. */
        record Upgrading(Upgrade upgrade) implements Body {
            public Upgrading {
                Objects.requireNonNull(upgrade, "upgrade");
            }
        }
    }

    /** Writes a streamed body. */
    @FunctionalInterface
    public interface StreamWriter {

        /**
         * Writes the body and returns; the stream is closed by the server.
         *
         * @throws IOException when the client has gone or is slower than the write time-out
         */
        void write(OutputStream out) throws IOException;
    }

    /** Writes server-sent events. */
    @FunctionalInterface
    public interface EventWriter {

        /**
         * Sends events and returns; the answer is ended by the server. Interrupted when the client goes or the server drains: whatever it
         * throws from then on is an end like any other.
         *
         * @throws IOException when the client has gone, is slower than the write time-out, or the server drains
         */
        void write(EventStream events) throws IOException;
    }
}
