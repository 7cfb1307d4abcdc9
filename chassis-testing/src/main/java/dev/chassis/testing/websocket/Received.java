package dev.chassis.testing.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a server sent: a message put together and inflated, a control frame, or the end of the connection.
 *
 * @param kind which of them
 * @param payload of a message or control frame; empty at the end
 */
public record Received(Kind kind, byte[] payload) {

    /** Kinds of what a server sends. */
    public enum Kind {
        TEXT,
        BINARY,
        PING,
        PONG,
        CLOSE,
        /** The connection is over, properly or by a reset. */
        END
    }

    private static final int NO_CODE = 1005;

    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame, 1005 if it has none, 1006 at an end without one. */
    public int closeCode() {
        if (kind == Kind.END) {
            return 1006;
        }
        return payload.length < 2 ? NO_CODE : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }

    /** The reason of a close frame. */
    public String closeReason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Received that && kind == that.kind && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        String what = switch (kind) {
            case CLOSE -> closeCode() + " " + closeReason();
            case BINARY -> payload.length + " bytes";
            default -> payload.length > 100 ? payload.length + " bytes" : text();
        };
        return (kind + " " + what).strip();
    }
}
