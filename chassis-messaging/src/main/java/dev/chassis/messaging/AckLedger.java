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
 *       {@code old} has those that were unacknowledged when {@link #flushOld} looked last, and perhaps are no longer.
 *   <li>I2: {@code open} is the first bit that is not over, and {@code ready} how many before it are unacknowledged.
 *   <li>I3: bit {@code i} stands for tag {@code base + i}; every tag below {@code base} is over and acknowledged.
 * </ul>
 */
final class AckLedger {

    /** Bits may move down when so many are no longer needed. */
    private static final int SPENT = 4096;

    private final BitSet over = new BitSet();
    private final BitSet unacked = new BitSet();
    private final BitSet old = new BitSet();
    private long base = 1;
    private int waiting;
    private int open;
    private int ready;

    /** It is to be acknowledged. Returns how many are. */
    int succeeded(long tag) {
        unacked.set(index(tag));
        waiting++;
        over(tag);
        return waiting;
    }

    /** It was rejected, by itself. */
    void settled(long tag) {
        over(tag);
    }

    /** How many one frame would acknowledge. */
    int ready() {
        return ready;
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    /** Acknowledges with one frame all up to the first delivery that is still open, if there are any. Returns how many are left to be. */
    <E extends Exception> int flushPrefix(Acks<E> acks) throws E {
        int last = unacked.previousSetBit(open - 1);
        if (last >= 0) {
            acks.ack(base + last, true);
            unacked.clear(0, last + 1);
            waiting -= ready;
            ready = 0;
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
            flushSingly(unacked, acks);
        }
    }

    /**
     * The same for those that have waited since the last call of this, if there are any. Where acknowledgements are sent all the time, as
     * soon as there are enough, there are none: most of those that wait behind an open delivery need no frame of their own.
     */
    <E extends Exception> void flushOld(Acks<E> acks) throws E {
        if (old.intersects(unacked)) {
            flushPrefix(acks);
            old.and(unacked);
            flushSingly(old, acks);
        }
        old.clear();
        old.or(unacked);
    }

    private <E extends Exception> void flushSingly(BitSet tags, Acks<E> acks) throws E {
        for (int i = tags.nextSetBit(0); i >= 0; i = tags.nextSetBit(i + 1)) {
            acks.ack(base + i, false);
        }
        unacked.andNot(tags);
        waiting = unacked.cardinality();
    }

    private void over(long tag) {
        over.set(index(tag));
        for (; over.get(open); open++) {
            ready += unacked.get(open) ? 1 : 0;
        }
    }

    private void forget(int spent) {
        if (spent >= SPENT) {
            open -= spent;
            dropFirst(over, spent);
            dropFirst(unacked, spent);
            dropFirst(old, spent);
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
