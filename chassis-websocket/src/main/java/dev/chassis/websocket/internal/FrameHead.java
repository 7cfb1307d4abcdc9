package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;

/**
 * The head of the frame that is arriving (RFC 6455, section 5.2), read as its bytes come, and refused at the first one that is wrong. Loop-only.
 *
 * <p>I1: between {@link #read} returning true and {@link #next}, the fields are those of a frame whose head is whole.
 */
final class FrameHead {

    private static final int MASKED = 0x80;

    /** What the next byte belongs to. */
    private enum Part {
        FIRST,
        SECOND,
        LENGTH,
        MASK,
        PAYLOAD
    }

    private Part part = Part.FIRST;
    private byte first;
    private byte missing; // bytes of this part
    private boolean longForm; // the length takes 8 bytes
    private int mask;
    private long left; // of the payload; while it is read, the length so far

    /** Whether the head is whole. */
    boolean isWhole() {
        return part == Part.PAYLOAD;
    }

    /** The next frame. */
    void next() {
        part = Part.FIRST;
    }

    /**
     * Reads on.
     *
     * @param deflate whether RSV1 has a meaning
     * @return whether the head is whole now
     * @throws Violation 1002
     */
    boolean read(ByteBuf in, boolean deflate) {
        while (part != Part.PAYLOAD && in.isReadable()) {
            int b = in.readUnsignedByte();
            switch (part) {
                case FIRST -> first(b, deflate);
                case SECOND -> second(b);
                case LENGTH -> length(b);
                default -> mask(b);
            }
        }
        return part == Part.PAYLOAD;
    }

    private void first(int b, boolean deflate) {
        first = (byte) b;
        int reserved = b & Frames.RESERVED;
        boolean compressed = reserved == Frames.DEFLATED;
        // Only the first frame of a message says that it is compressed (RFC 7692, section 6.1).
        if (reserved != 0 && !(compressed && deflate && (opcode() == Frames.TEXT || opcode() == Frames.BINARY))) {
            throw Violation.protocol("reserved bit");
        }
        if (opcode() > Frames.BINARY && opcode() < Frames.CLOSE || opcode() > Frames.PONG) {
            throw Violation.protocol("reserved opcode " + opcode());
        }
        if (isControl() && !isFinal()) {
            throw Violation.protocol("fragmented control frame");
        }
        part = Part.SECOND;
    }

    private void second(int b) {
        if ((b & MASKED) == 0) {
            throw Violation.protocol("frame without mask");
        }
        left = b & ~MASKED;
        if (isControl() && left > Frames.MAX_CONTROL_BYTES) {
            throw Violation.protocol("control frame of more than 125 bytes");
        }
        longForm = left == 127;
        if (left <= Frames.MAX_CONTROL_BYTES) {
            expectMask();
        } else {
            missing = (byte) (longForm ? Long.BYTES : Short.BYTES);
            left = 0;
            part = Part.LENGTH;
        }
    }

    private void length(int b) {
        left = left << Byte.SIZE | b;
        if (longForm && missing == Long.BYTES && b > 0x7f) {
            throw Violation.protocol("negative length");
        }
        if (--missing == 0) {
            if (left <= (longForm ? 0xffff : Frames.MAX_CONTROL_BYTES)) {
                throw Violation.protocol("length in more bytes than it needs");
            }
            expectMask();
        }
    }

    private void expectMask() {
        mask = 0;
        missing = Integer.BYTES;
        part = Part.MASK;
    }

    private void mask(int b) {
        mask = mask << Byte.SIZE | b;
        if (--missing == 0) {
            part = Part.PAYLOAD;
        }
    }

    int opcode() {
        return first & 0xf;
    }

    boolean isControl() {
        return opcode() >= Frames.CLOSE;
    }

    boolean isFinal() {
        return (first & Frames.FIN) != 0;
    }

    boolean isDeflated() {
        return (first & Frames.DEFLATED) != 0;
    }

    /** What is missing of the payload. */
    long left() {
        return left;
    }

    /** What of the payload is here. */
    int available(ByteBuf in) {
        return (int) Math.min(left, in.readableBytes());
    }

    /**
     * Takes the next bytes of the payload.
     *
     * @return whether all of them are ASCII
     */
    boolean take(ByteBuf in, byte[] target, int at, int count) {
        in.readBytes(target, at, count);
        boolean ascii = Masks.unmask(target, at, at + count, mask);
        skip(count);
        return ascii;
    }

    /** That many bytes of the payload have gone elsewhere. */
    void skip(int count) {
        left -= count;
        mask = Masks.after(mask, count);
    }
}
