package dev.chassis.http;

import dev.chassis.context.Correlation;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * One request. Immutable but for {@link #bodyStream()}, which is read once.
 *
 * <p>Typed accessors take {@code String}, {@code Integer}, {@code Long}, {@code Double}, {@code Boolean}, {@link java.math.BigDecimal},
 * {@link java.util.UUID}, {@link java.time.LocalDate}, {@link java.time.Instant}, {@link java.time.Duration}, any enum by the names of its
 * constants, and the primitive types of those that have one. Dates and times are ISO 8601. A value that does not parse is a 400 that
 * names the parameter, the value and what was expected.
 *
 * <p>A query that cannot be decoded is a 400 when it is first read.
 */
public interface Request {

    /** The method, as sent: {@code GET}. */
    String method();

    /** The path as sent, without the query, still percent-encoded. */
    String path();

    /** The template that matched: {@code /contests/{id}}. This, never the path, belongs in metrics and logs. */
    String template();

    /**
     * A path parameter, percent-decoded.
     *
     * @throws IllegalArgumentException if the template has no such parameter
     */
    String path(String name);

    /**
     * A typed path parameter.
     *
     * @throws HttpException 400 if it does not parse
     * @throws IllegalArgumentException if the template has no such parameter, or the type is not one of those listed above
     */
    <T> T path(String name, Class<T> type);

    /** The first value of a query parameter, decoded. */
    Optional<String> query(String name);

    /**
     * The first value of a query parameter, typed.
     *
     * @throws HttpException 400 if it is there and does not parse
     */
    <T> Optional<T> query(String name, Class<T> type);

    /**
     * The first value of a query parameter that must be there, typed.
     *
     * @throws HttpException 400 if it is missing or does not parse
     */
    default <T> T requiredQuery(String name, Class<T> type) {
        return query(name, type).orElseThrow(() -> ParameterProblem.missing(name));
    }

    /** All values of a query parameter, decoded, in order; empty if there is none. */
    List<String> queryAll(String name);

    /** The header fields. */
    Headers headers();

    /** The first value of a header. */
    default Optional<String> header(String name) {
        return headers().first(name);
    }

    /**
     * The body, decoded from JSON. Members the type does not know are ignored, because during a deployment an old and a new version run
     * side by side; everything else is strict: no number from text, no whole number from a fraction, no missing primitive, nothing after
     * the value, no nesting deeper than 100.
     *
     * <p>A record may check its components in its constructor; an {@link HttpException} thrown there is the answer.
     *
     * @throws HttpException 400 if it is not JSON of that shape, naming where; 415 if its content type says it is something else
     */
    <T> T body(Class<T> type);

    /**
     * The body as text, in the charset of its content type or UTF-8.
     *
     * @throws HttpException 400 if it is no text of that charset; 415 if there is no such charset
     */
    String bodyText();

    /** The whole body; empty if there is none. On a {@link Route#streaming()} route it is read now, once, which blocks. */
    byte[] bodyBytes();

    /**
     * The body as it arrives, on a {@link Route#streaming()} route; a reader that is slow slows the sender down. Elsewhere the bytes
     * already read. Blocks; throws an {@link java.io.IOException} when the client has gone or is too slow.
     */
    InputStream bodyStream();

    /** The ids of this request. */
    Correlation correlation();

    /** The client's address, without port: the peer, or what the trusted number of proxies say it is. */
    String clientAddress();

    /** {@code http} or {@code https}, as the client used it. */
    String scheme();

    /** The authority the client asked for: {@code Host}, or what the trusted number of proxies say it was; empty if there was none. */
    String authority();

    /** What a filter has attached under this type. */
    <T> Optional<T> attribute(Class<T> type);

    /** This request with one more attribute, found again by {@link #attribute} under exactly this type. */
    <T> Request with(Class<T> type, T attribute);
}
