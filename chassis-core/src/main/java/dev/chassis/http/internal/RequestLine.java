package dev.chassis.http.internal;

import io.netty.util.ByteProcessor;

/**
 * Checks the bytes of a request line before netty, which would forgive extra whitespace, splits it: method, one space, target, one space,
 * version (RFC 9112, section 3), in visible ASCII. Used by one decoder.
 */
final class RequestLine implements ByteProcessor {

    private static final int SPACES = 2;

    private int spaces;
    private byte last;

    void reset() {
        spaces = 0;
        last = ' ';
    }

    @Override
    public boolean process(byte value) {
        if (value == ' ') {
            if (last == ' ') {
                return false;
            }
            spaces++;
        } else if (value < '!' || value == 0x7f) {
            return false;
        }
        last = value;
        return true;
    }

    boolean isComplete() {
        return spaces == SPACES && last != ' ';
    }
}
