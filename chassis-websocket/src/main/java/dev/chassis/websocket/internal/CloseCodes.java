package dev.chassis.websocket.internal;

/** Close codes (RFC 6455, section 7.4, and the IANA registry). */
public final class CloseCodes {

    public static final int NORMAL = 1000;
    public static final int PROTOCOL_ERROR = 1002;
    /** Never sent: there was no code. */
    public static final int NONE = 1005;

    public static final int INVALID_DATA = 1007;
    public static final int POLICY = 1008;
    public static final int TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;

    private CloseCodes() {}

    /** Whether a close frame may carry it: neither reserved for no frame (1005, 1006, 1015) nor unassigned nor out of range. */
    public static boolean isSendable(int code) {
        return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
    }
}
