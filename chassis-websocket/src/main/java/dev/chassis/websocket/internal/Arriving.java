package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A data message that arrives in pieces. Loop-only. It exists only meanwhile.
 *
 * <p>I1: {@code length} never passes the limit by more than one byte, whatever the peer announces or compresses. I2: of a text, the bytes up
 * to {@code length} have been checked. I3: what is found wrong depends on the bytes alone, not on how they were cut.
 */
final class Arriving {

    /** What is believed of an announced length, so that a promise costs nothing. */
    private static final int FIRST_BYTES = 16 * 1024;

    private final ProtocolSettings limits;
    private final boolean text;
    private final @Nullable Inflation inflation;
    private byte[] bytes = {};
    private int length;
    private int fragments;
    private boolean ascii = true;
    private int utf8 = Utf8.BETWEEN;

    Arriving(ProtocolSettings limits, boolean text, @Nullable Inflation inflation) {
        this.limits = limits;
        this.text = text;
        this.inflation = inflation;
    }

    /**
     * Another frame of it begins.
     *
     * @throws Violation 1009
     */
    void frame(FrameHead head) {
        if (++fragments > limits.maxFragments()) {
            throw Violation.tooBig("more than " + limits.maxFragments() + " fragments");
        }
        if (inflation != null) {
            inflation.announce(head.left(), limits.maxMessageBytes());
        } else if (head.left() > limits.maxMessageBytes() - length) {
            throw tooBig();
        }
    }

    /**
     * Takes what there is of the frame's payload.
     *
     * @throws Violation 1007, 1009
     */
    void add(FrameHead head, ByteBuf in) {
        int count = head.available(in);
        if (inflation != null) {
            inflation.add(head, in, count);
            inflate(inflation);
            return;
        }
        long expected = head.isFinal() ? length + head.left() : limits.maxMessageBytes();
        reserve(length + count, expected);
        ascii &= head.take(in, bytes, length, count);
        taken(count);
    }

    /**
     * That was its last frame.
     *
     * @throws Violation 1007, 1009
     */
    void end() {
        if (inflation != null) {
            inflation.end();
            inflate(inflation);
            inflation.verify(length, limits.maxInflateRatio());
        }
        if (utf8 != Utf8.BETWEEN) {
            throw Violation.data("text is not UTF-8");
        }
    }

    void deliver(ProtocolListener listener) {
        if (text) {
            var charset = ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8; // the former is a copy
            listener.text(new String(bytes, 0, length, charset), length);
        } else {
            listener.binary(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
        }
    }

    /** It will not be used again. */
    void discard() {
        if (inflation != null) {
            inflation.close();
        }
    }

    private void inflate(Inflation source) {
        int limit = limits.maxMessageBytes() + 1; // I1
        int got;
        do {
            reserve(Math.min(length + 1, limit), limit);
            got = source.inflate(bytes, length);
            ascii = false; // not known
            taken(got);
            if (length == limit) {
                throw tooBig();
            }
        } while (got > 0);
    }

    private void taken(int count) {
        if (text && !(ascii && utf8 == Utf8.BETWEEN)) {
            utf8 = Utf8.check(utf8, bytes, length, length + count);
            if (utf8 == Utf8.INVALID) {
                throw Violation.data("text is not UTF-8");
            }
        }
        length += count;
    }

    private void reserve(int least, long expected) {
        if (least > bytes.length) {
            long more = Math.min(expected, Math.max(FIRST_BYTES, 2L * bytes.length));
            bytes = Arrays.copyOf(bytes, (int) Math.max(least, more));
        }
    }

    private Violation tooBig() {
        return Violation.tooBig("message of more than " + limits.maxMessageBytes() + " bytes");
    }
}
