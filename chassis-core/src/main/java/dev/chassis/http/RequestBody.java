package dev.chassis.http;

import dev.chassis.http.internal.Exchange;
import dev.chassis.json.Json;
import dev.chassis.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, shared by all copies of the request. Thread-safe where it was read whole; on a streaming route for one thread
 * at a time, as streams are.
 */
final class RequestBody {

    private final Exchange exchange;
    private final boolean streaming;
    private final Json json;

    /** What was read from the stream by somebody who wanted all of it. */
    private byte @Nullable [] read;

    RequestBody(Exchange exchange, boolean streaming, Json json) {
        this.exchange = exchange;
        this.streaming = streaming;
        this.json = json;
    }

    byte[] bytes() {
        if (!streaming) {
            return exchange.body();
        }
        byte[] known = read;
        if (known == null) {
            known = readStream();
            read = known;
        }
        return known;
    }

    InputStream stream() {
        return streaming ? new ClientInputStream(exchange.bodyStream()) : exchange.bodyStream();
    }

    String text() {
        Charset charset = contentType().charsetOrUtf8();
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
        } catch (CharacterCodingException e) {
            throw HttpException.badRequest("The body is not text in " + charset.name() + ".");
        }
    }

    <T> T json(Class<T> type) {
        ContentType contentType = contentType();
        if (!contentType.essence().isEmpty() && !contentType.isJson()) {
            throw new HttpException(
                            415,
                            "content type of the body: \"" + Shortened.text(contentType.essence())
                                    + "\" (expected: application/json)")
                    .withHeader("accept", "application/json");
        }
        try {
            return json.decode(bytes(), type);
        } catch (JsonException e) {
            throw JsonProblem.of(e);
        }
    }

    private ContentType contentType() {
        return ContentType.parse(exchange.headers().first("content-type").orElse(""));
    }

    private byte[] readStream() {
        try (InputStream in = stream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
