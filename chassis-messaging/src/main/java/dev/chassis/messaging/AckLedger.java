package dev.chassis.messaging;

import java.util.BitSet;

/**
 * Which deliveries of one channel are over. A channel numbers its deliveries from 1 without gaps (AMQP 0-9-1, section 1.8.3.13), so a bit
 * each is enough, and the first one that is not over can be found without looking at the others.
 *
 * <p>Not thread-safe: it belongs to the settler.
 *
 * <ul>
 *   <li>I1: {@code over} has the tags that need nothing more than, at most, an acknowledgement; {@code unacked} those of them that do.
 *   <li>I2: bit {@code i} stands for tag {@code base + i}; every tag below {@code base} is over and acknowledged.
 * </ul>
 */
final class AckLedger {

    /** Bits may move down when so many are no longer needed. */
    private static final int SPENT = 4096;

    private final BitSet over = new BitSet();
    private final BitSet unacked = new BitSet();
    private long base = 1;
    private int waiting;

    /** It is to be acknowledged. Returns how many are. */
    int succeeded(long tag) {
        over.set(index(tag));
        unacked.set(index(tag));
        return ++waiting;
    }

    /** It was rejected, by itself. */
    void settled(long tag) {
        over.set(index(tag));
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    /** Acknowledges with one frame all up to the first delivery that is still open, if there are any. Returns how many are left to be. */
    <E extends Exception> int flushPrefix(Acks<E> acks) throws E {
        int open = over.nextClearBit(0);
        int last = unacked.previousSetBit(open - 1);
        if (last >= 0) {
            acks.ack(base + last, true);
            unacked.clear(0, last + 1);
            waiting = unacked.cardinality();
            forget(open);
        }
        return waiting;
    }

    /**
     * Acknowledges everything that is to be: behind the first delivery that is still open one by one, so that a slow delivery holds nobody's
     * acknowledgement up.
     */
    <E extends Exception> void flush(Acks<E> acks) throws E {
        if (flushPrefix(acks) > 0) {
            for (int i = unacked.nextSetBit(0); i >= 0; i = unacked.nextSetBit(i + 1)) {
                acks.ack(base + i, false);
            }
            unacked.clear();
            waiting = 0;
        }
    }

    private void forget(int spent) {
        if (spent >= SPENT) {
            dropFirst(over, spent);
            dropFirst(unacked, spent);
            base += spent;
        }
    }

    /** Moves all bits down by so many; the lowest are gone. */
    static void dropFirst(BitSet bits, int count) {
        BitSet left = bits.get(count, Math.max(count, bits.length()));
        bits.clear();
        bits.or(left);
    }

    private int index(long tag) {
        return Math.toIntExact(tag - base);
    }

    /** Sends an acknowledgement. */
    interface Acks<E extends Exception> {
        void ack(long tag, boolean andAllBefore) throws E;
    }
}
