package dev.chassis.http.internal;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/**
 * A request the pipeline answers itself. It has no stack trace: it is an answer, not a fault.
 */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient RefusedBecause reason;

    Refusal(int status, RefusedBecause reason, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    static Refusal malformed(String detail) {
        return new Refusal(400, RefusedBecause.MALFORMED, detail);
    }

    static Refusal tooLarge(long maxBytes) {
        return new Refusal(413, RefusedBecause.TOO_LARGE, "The body is longer than " + maxBytes + " bytes.");
    }

    /** What netty's decoder found wrong with a head. */
    static Refusal ofHead(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(414, RefusedBecause.TOO_LARGE, "The request line is too long.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(431, RefusedBecause.TOO_LARGE, "The header section is too long.");
        }
        return malformed("The request is not well-formed HTTP/1.1.");
    }

    int status() {
        return status;
    }

    RefusedBecause reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
