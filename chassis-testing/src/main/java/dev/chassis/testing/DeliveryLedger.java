package dev.chassis.testing;

import java.util.BitSet;
import java.util.List;

/**
 * The books of a {@link BrokerTrial}, for messages numbered from 0. Thread-safe: every method is one critical section without I/O.
 *
 * <p>I1: a delivery beyond the first of its message is counted exactly once, under the first of its explanations that holds. I2: a copy
 * that was published again explains one delivery.
 */
final class DeliveryLedger {

    private final BitSet confirmed = new BitSet();
    private final BitSet received = new BitSet();
    private final byte[] spareCopies;
    private final byte[] deliveredInLife;

    private int confirmations;
    private int life;
    private int redelivered;
    private int republished;
    private int afterKill;
    private int unexplained;
    private int unknown;
    private int refused;

    DeliveryLedger(int messages) {
        this.spareCopies = new byte[messages];
        this.deliveredInLife = new byte[messages];
    }

    /** The broker has confirmed a message. Returns how many are. */
    synchronized int confirmed(int number) {
        if (!confirmed.get(number)) {
            confirmed.set(number);
            confirmations++;
        }
        return confirmations;
    }

    /** Nobody knows what has become of a publish: there may be one more copy than we know of. */
    synchronized void unknown(int number) {
        unknown++;
        spareCopies[number]++;
    }

    /** A publish came to nothing. */
    synchronized void refused() {
        refused++;
    }

    /** The broker was killed, or runs again: a delivery before does not explain one without a mark after, nor the other way round. */
    synchronized void newLife() {
        life++;
    }

    synchronized void received(int number, boolean mark) {
        if (received.get(number)) {
            explain(number, mark);
        }
        received.set(number);
        deliveredInLife[number] = (byte) life;
    }

    /** Whether everything that is confirmed has been received. */
    synchronized boolean isBalanced() {
        return lost() == 0;
    }

    synchronized BrokerReport report(List<String> faults) {
        int duplicates = redelivered + republished + afterKill + unexplained;
        return new BrokerReport(
                confirmations,
                received.cardinality(),
                lost(),
                duplicates,
                redelivered,
                republished,
                afterKill,
                unexplained,
                unknown,
                refused,
                List.copyOf(faults));
    }

    private void explain(int number, boolean mark) {
        if (mark) {
            redelivered++;
        } else if (spareCopies[number] > 0) {
            spareCopies[number]--;
            republished++;
        } else if (deliveredInLife[number] != (byte) life) {
            afterKill++;
        } else {
            unexplained++;
        }
    }

    private int lost() {
        BitSet missing = (BitSet) confirmed.clone();
        missing.andNot(received);
        return missing.cardinality();
    }
}
