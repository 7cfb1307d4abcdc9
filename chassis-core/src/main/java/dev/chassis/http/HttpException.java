package dev.chassis.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer other than the good one, thrown by a handler and turned into {@code application/problem+json} (RFC 9457) in one place. The
 * detail and the extensions are sent to the client: put nothing in them that is not for its eyes.
 *
 * <p>It has no stack trace: it is an answer, not a fault.
 */
public final class HttpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

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
        this(status, detail, Map.of(), Map.of());
    }

    private HttpException(int status, String detail, Map<String, Object> extensions, Map<String, String> headers) {
        super(detail, null, false, false);
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

    /** 404: there is no such thing. */
    public static HttpException notFound(String detail) {
        return new HttpException(404, detail);
    }

    /** 409: it contradicts what is there. */
    public static HttpException conflict(String detail) {
        return new HttpException(409, detail);
    }

    /** The same answer with one more member in the problem document. */
    public HttpException with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put(member, value);
        return new HttpException(status, detail(), more, headers);
    }

    /** The same answer with one more header. */
    public HttpException withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpException(status, detail(), extensions, more);
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
        return java.util.Collections.unmodifiableMap(extensions);
    }

    /** The headers of the answer beyond the usual ones, unmodifiable. */
    public Map<String, String> headers() {
        return java.util.Collections.unmodifiableMap(headers);
    }
}
