package dev.chassis.websocket;

import dev.chassis.websocket.internal.CloseCodes;

/** The close codes that sessions end with, beyond those of the protocol itself (RFC 6455, section 7.4; IANA's registry for 1012, 1013). */
final class CloseCode {

    static final int GOING_AWAY = 1001;
    static final int UNACCEPTABLE = 1003;
    static final int INVALID_DATA = 1007;
    static final int POLICY = 1008;
    static final int FAILED = 1011;
    static final int SERVICE_RESTART = 1012;
    static final int TRY_AGAIN_LATER = 1013;
    static final int ABNORMAL = 1006;
    static final int UNAUTHENTICATED = 4401;

    private CloseCode() {}

    static int checked(int code) {
        if (!CloseCodes.isSendable(code)) {
            throw new IllegalArgumentException(
                    "close code: " + code + " (expected: 1000, or 3000 to 4999, or another of RFC 6455, section 7.4)");
        }
        return code;
    }

    /** What tells a client when to come back, for a close reason. */
    static String retry(long millis) {
        return "{\"retryMs\":" + millis + "}";
    }
}
