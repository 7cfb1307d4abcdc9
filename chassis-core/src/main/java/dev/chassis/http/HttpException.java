package dev.chassis.http;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer other than the good one, thrown by a handler and turned into {@code application/problem+json} (RFC 9457) in one place. The
 * detail and the extensions are sent to the client: put nothing in them that is not for its eyes.
 *
 * <p>It has no stack trace: it is an answer, not a fault. Immutable: the verbs return a changed copy, so it can be a constant.
 */
public final class HttpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The members of the document that are filled in for you. */
    private static final List<String> OWN_MEMBERS = List.of("status", "detail", "instance", Problem.CORRELATION_ID);

    private final int status;
    private final transient Map<String, Object> extensions;
    private final transient Map<String, String> headers;

    /**
     * An answer with this status.
     *
     * @param status 400 to 599
     * @param detail the problem's {@code detail}: one sentence for the client
     * @throws IllegalArgumentException if the status is no error
     */
    public HttpException(int status, String detail) {
        this(status, detail, Map.of(), Map.of(), null);
    }

    private HttpException(
            int status,
            String detail,
            Map<String, Object> extensions,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(Objects.requireNonNull(detail, "detail"), cause, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
        }
        this.status = status;
        this.extensions = extensions;
        this.headers = headers;
    }

    /** 400: the request makes no sense. */
    public static HttpException badRequest(String detail) {
        return new HttpException(400, detail);
    }

    /**
     * 401: who asks is not known.
     *
     * @param challenge the {@code WWW-Authenticate} that must come with it (RFC 9110, section 11.6.1): {@code Bearer}
     */
    public static HttpException unauthorized(String challenge, String detail) {
        return new HttpException(401, detail).withHeader("www-authenticate", challenge);
    }

    /** 403: who asks is known, and may not. */
    public static HttpException forbidden(String detail) {
        return new HttpException(403, detail);
    }

    /** 404: there is no such thing. */
    public static HttpException notFound(String detail) {
        return new HttpException(404, detail);
    }

    /** 409: it contradicts what is there. */
    public static HttpException conflict(String detail) {
        return new HttpException(409, detail);
    }

    /** 503: not now; the client may come back after the delay, told in whole seconds, rounded up ({@code Retry-After}). */
    public static HttpException unavailable(Duration retryAfter, String detail) {
        long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
        return new HttpException(503, detail).withHeader("retry-after", Long.toString(seconds));
    }

    /**
     * The same answer with one more member in the problem document. {@code type} and {@code title} may be given, too; without them they
     * are {@code about:blank} and the words of the status.
     *
     * @param value text, a number, a boolean, or anything that can be encoded as JSON
     * @throws IllegalArgumentException if the member is one that is filled in for you
     */
    public HttpException with(String member, Object value) {
        if (OWN_MEMBERS.contains(member)) {
            throw new IllegalArgumentException("member: \"" + member + "\" (expected: none of " + OWN_MEMBERS + ")");
        }
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put(member, Objects.requireNonNull(value, member));
        return new HttpException(status, detail(), more, headers, getCause());
    }

    /**
     * The same answer with one more header.
     *
     * @throws IllegalArgumentException as {@link Response#header(String, String)} does
     */
    public HttpException withHeader(String name, String value) {
        HeaderRules.check(name, value);
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpException(status, detail(), extensions, more, getCause());
    }

    /** The same answer with the fault behind it. The client never sees it; with a status of 500 or more it is logged. */
    public HttpException causedBy(Throwable cause) {
        return new HttpException(status, detail(), extensions, headers, cause);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What the client is told. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The members beyond those of RFC 9457, unmodifiable. */
    public Map<String, Object> extensions() {
        return Collections.unmodifiableMap(extensions);
    }

    /** The headers of the answer beyond the usual ones, unmodifiable. */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /** Extensions may be anything, so they do not travel; what arrives must still be whole. */
    private Object readResolve() {
        return new HttpException(status, detail(), Map.of(), Map.of(), getCause());
    }
}
