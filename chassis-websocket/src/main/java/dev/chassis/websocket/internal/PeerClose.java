package dev.chassis.websocket.internal;

import java.nio.charset.StandardCharsets;

/** What a close frame says (RFC 6455, section 5.5.1). */
record PeerClose(int code, String reason) {

    /**
     * Reads the payload.
     *
     * @throws Violation 1002 or 1007
     */
    static PeerClose of(byte[] payload) {
        if (payload.length == 0) {
            return new PeerClose(CloseCodes.NONE, "");
        }
        if (payload.length == 1) {
            throw Violation.protocol("close frame of one byte");
        }
        int code = (payload[0] & 0xff) << Byte.SIZE | payload[1] & 0xff;
        if (!CloseCodes.isSendable(code)) {
            throw Violation.protocol("close code " + code);
        }
        if (Utf8.check(Utf8.BETWEEN, payload, Short.BYTES, payload.length) != Utf8.BETWEEN) {
            throw Violation.data("close reason is not UTF-8");
        }
        return new PeerClose(
                code, new String(payload, Short.BYTES, payload.length - Short.BYTES, StandardCharsets.UTF_8));
    }
}
