package dev.chassis.websocket.internal;

/** The peer broke a rule: the connection ends with this code. Has no stack trace, because peers must not be able to make us work. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;

    Violation(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    static Violation protocol(String reason) {
        return new Violation(CloseCodes.PROTOCOL_ERROR, reason);
    }

    static Violation data(String reason) {
        return new Violation(CloseCodes.INVALID_DATA, reason);
    }

    static Violation tooBig(String reason) {
        return new Violation(CloseCodes.TOO_BIG, reason);
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
