package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates one message (RFC 7692, section 7.2.2) with a borrowed inflater. Loop-only.
 *
 * <p>I1: the inflater is given back once, by {@link #close}. I2: nothing is inflated beyond the room the caller gives. I3: what comes out
 * does not depend on how the input was cut.
 */
final class Inflation implements AutoCloseable {

    /** Shorter messages may have any ratio: they are short. */
    private static final int RATIO_FREE_BYTES = 16 * 1024;

    private static final int WINDOW_BYTES = 32 * 1024;

    /** What the sender leaves out, and an empty last block: only a stream that was whole before them ends exactly with them. */
    private static final byte[] END = {0, 0, (byte) 0xff, (byte) 0xff, 3, 0};

    private final DeflatePool pool;
    private final Inflater inflater;
    private byte[] input = {};
    private long wireBytes;

    Inflation(DeflatePool pool) {
        this.pool = pool;
        this.inflater = pool.borrowInflater();
    }

    /**
     * A frame of that length begins.
     *
     * @throws Violation 1009 if it is longer than compression could ever make a message that is allowed
     */
    void announce(long frameBytes, int maxMessageBytes) {
        long most = maxMessageBytes + maxMessageBytes / 8L + 64; // stored blocks take a little more than their content
        if (frameBytes > most - wireBytes) {
            throw Violation.tooBig("compressed message of more than " + most + " bytes");
        }
    }

    void add(FrameHead head, ByteBuf in, int count) {
        input = new byte[count];
        head.take(in, input, 0, count);
        wireBytes += count;
        inflater.setInput(input);
    }

    /** There is no more; what is left can be inflated now. */
    void end() {
        // A sender may end its stream itself (section 7.2.3.5), and an empty message may have no bytes at all.
        if (wireBytes > 0 && !inflater.finished()) {
            input = END;
            inflater.setInput(input);
        }
    }

    /**
     * Inflates into what room there is behind what was inflated before.
     *
     * @return how many bytes; 0 if there is no more input
     * @throws Violation 1007
     */
    int inflate(byte[] target, int at) {
        try {
            int got = inflater.inflate(target, at, target.length - at);
            while (got == 0 && inflater.finished() && inflater.getRemaining() > 0 && input != END) {
                goOn(target, at);
                got = inflater.inflate(target, at, target.length - at);
            }
            return got;
        } catch (DataFormatException e) {
            throw notDeflate();
        }
    }

    /** Behind a last block there may be more blocks, and the window goes on (section 7.2.3.5). */
    private void goOn(byte[] inflated, int length) {
        int remaining = inflater.getRemaining();
        inflater.reset();
        int window = Math.min(WINDOW_BYTES, length);
        inflater.setDictionary(inflated, length - window, window);
        inflater.setInput(input, input.length - remaining, remaining);
    }

    /**
     * Everything has been inflated.
     *
     * @throws Violation 1007 if it ends in the middle of something, 1009 if it was a bomb
     */
    void verify(int inflatedBytes, int maxRatio) {
        if (wireBytes > 0 && !(inflater.finished() && inflater.getRemaining() == 0)) {
            throw notDeflate();
        }
        if (maxRatio > 0 && inflatedBytes > RATIO_FREE_BYTES && inflatedBytes > maxRatio * wireBytes) {
            throw Violation.tooBig("message inflates by more than " + maxRatio);
        }
    }

    private static Violation notDeflate() {
        return Violation.data("compressed data is malformed");
    }

    @Override
    public void close() {
        pool.giveBack(inflater);
    }
}
