package dev.chassis.websocket.internal;

/**
 * Checks UTF-8 (RFC 3629, section 4) piece by piece, and finds a fault at the first byte that no continuation can mend. Where a text stands
 * is one int: 0 between characters, else how many bytes are missing and between what bounds the next one lies.
 */
final class Utf8 {

    static final int BETWEEN = 0;
    static final int INVALID = -1;

    private Utf8() {}

    /** Where the text stands after these bytes; {@link #INVALID} if it is none. */
    static int check(int state, byte[] bytes, int from, int to) {
        int now = state;
        for (int at = from; at < to && now != INVALID; at++) {
            if (now == BETWEEN) {
                at = skipAscii(bytes, at, to);
                now = at < to ? lead(bytes[at] & 0xff) : BETWEEN;
            } else {
                now = next(now, bytes[at] & 0xff);
            }
        }
        return now;
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES && ((long) Masks.LONGS.get(bytes, at) & Masks.NOT_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    private static int lead(int b) {
        if (b < 0xe0) {
            return b < 0xc2 ? INVALID : missing(1, 0x80, 0xbf); // C0 and C1 begin what is one byte long
        }
        if (b < 0xf0) { // E0: nothing shorter; ED: no surrogates
            return missing(2, b == 0xe0 ? 0xa0 : 0x80, b == 0xed ? 0x9f : 0xbf);
        }
        if (b > 0xf4) {
            return INVALID;
        }
        return missing(3, b == 0xf0 ? 0x90 : 0x80, b == 0xf4 ? 0x8f : 0xbf); // F4: up to U+10FFFF
    }

    private static int next(int state, int b) {
        if (b < (state >> 8 & 0xff) || b > (state >> 16 & 0xff)) {
            return INVALID;
        }
        int count = (state & 0xff) - 1;
        return count == 0 ? BETWEEN : missing(count, 0x80, 0xbf);
    }

    private static int missing(int count, int low, int high) {
        return count | low << 8 | high << 16;
    }
}
