package dev.chassis.http.internal;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The head of an answer while it is put together: an array that grows to the longest head and is used again, because to write into a buffer
 * outside the heap costs as much for one byte as for all of them. Loop-only.
 */
final class HeadBytes {

    private static final int USUAL = 1024;

    private byte[] bytes = new byte[USUAL];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    void add(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** Text of ISO-8859-1; whoever lets anything else in has checked too little. */
    @SuppressWarnings("deprecation") // drops the high bytes, of which there are none, and copies nothing twice
    void add(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    void add(char first, char second) {
        reserve(2);
        bytes[length++] = (byte) first;
        bytes[length++] = (byte) second;
    }

    void decimal(long value) {
        if (value >= 10) {
            decimal(value / 10);
        }
        reserve(1);
        bytes[length++] = (byte) ('0' + value % 10);
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
