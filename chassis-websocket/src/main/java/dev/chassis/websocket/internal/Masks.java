package dev.chassis.websocket.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The masking of RFC 6455, section 5.3, eight bytes at a time. */
final class Masks {

    /** The top bits of eight bytes. */
    static final long NOT_ASCII = 0x8080808080808080L;

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Masks() {}

    /**
     * Takes the mask off.
     *
     * @param mask its first byte is the topmost
     * @return whether all of it is ASCII
     */
    static boolean unmask(byte[] bytes, int from, int to, int mask) {
        long eight = eight(mask);
        long seen = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long plain = (long) LONGS.get(bytes, at) ^ eight;
            LONGS.set(bytes, at, plain);
            seen |= plain;
        }
        for (int key = mask; at < to; at++) {
            key = Integer.rotateLeft(key, Byte.SIZE);
            bytes[at] ^= (byte) key;
            seen |= bytes[at];
        }
        return (seen & NOT_ASCII) == 0;
    }

    /** The mask for what comes after that many bytes. */
    static int after(int mask, int count) {
        return Integer.rotateLeft(mask, Byte.SIZE * (count & 3));
    }

    private static long eight(int mask) {
        int ordered = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(mask) : mask;
        return (long) ordered << Integer.SIZE | ordered & 0xffffffffL;
    }
}
