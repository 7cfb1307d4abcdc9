package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which acknowledgements are sent. */
class AckLedgerTest {

    private final AckLedger ledger = new AckLedger();
    private final List<String> sent = new ArrayList<>();

    @Test
    void acknowledgesAPrefixWithOneFrame() {
        ledger.succeeded(2);
        ledger.succeeded(1);
        ledger.succeeded(3);
        flush();
        assertThat(sent).containsExactly("..3");
    }

    @Test
    void acknowledgesBehindAnOpenOneSingly() {
        ledger.succeeded(1);
        ledger.succeeded(3);
        ledger.succeeded(4);
        flush();
        assertThat(sent).containsExactly("..1", "3", "4");
        ledger.succeeded(2);
        ledger.succeeded(5);
        flush();
        assertThat(sent).endsWith("..5");
    }

    @Test
    void keepsWhatIsBehindAnOpenOneForOneFrame() {
        ledger.succeeded(1);
        ledger.succeeded(3);
        ledger.succeeded(4);
        assertThat(flushPrefix()).isEqualTo(2);
        assertThat(flushPrefix()).isEqualTo(2);
        assertThat(sent).containsExactly("..1");
        ledger.succeeded(2);
        assertThat(flushPrefix()).isZero();
        assertThat(sent).containsExactly("..1", "..4");
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void sendsSinglyOnlyWhatHasWaitedSinceItLookedLast() {
        ledger.succeeded(2);
        flushOld();
        ledger.succeeded(4);
        assertThat(sent).isEmpty();
        flushOld();
        assertThat(sent).containsExactly("2");
        ledger.succeeded(1);
        flushOld();
        assertThat(sent).as("a prefix goes first").containsExactly("2", "..1", "4");
        flushOld();
        assertThat(sent).hasSize(3);
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void knowsHowManyOneFrameAcknowledges() {
        ledger.succeeded(2);
        assertThat(ledger.ready()).isZero();
        ledger.settled(1);
        ledger.succeeded(3);
        ledger.succeeded(5);
        assertThat(ledger.ready()).isEqualTo(2);
        assertThat(flushPrefix()).isEqualTo(1);
        assertThat(ledger.ready()).isZero();
    }

    @Test
    void passesOverWhatWasRejected() {
        ledger.succeeded(1);
        ledger.settled(2);
        ledger.succeeded(3);
        flush();
        assertThat(sent).containsExactly("..3");
    }

    @Test
    void sendsNothingForRejectsAlone() {
        ledger.settled(1);
        flush();
        assertThat(sent).isEmpty();
    }

    @Test
    void acknowledgesEachExactlyOnceWhateverTheOrder() {
        Random random = new Random(7);
        int count = 50_000;
        BitSet open = new BitSet();
        BitSet acked = new BitSet();
        BitSet rejected = new BitSet();
        List<Integer> window = new ArrayList<>();
        int next = 1;
        while (next <= count || !window.isEmpty()) {
            while (window.size() < 100 && next <= count) {
                open.set(next);
                window.add(next++);
            }
            int tag = window.remove(random.nextInt(window.size()));
            if (random.nextInt(10) == 0) {
                ledger.settled(tag);
                rejected.set(tag);
                open.clear(tag);
            } else {
                ledger.succeeded(tag);
            }
            if (random.nextInt(8) == 0 || window.isEmpty()) {
                ledger.flush((last, all) -> ack(open, acked, (int) last, all, window));
                assertThat(ledger.isEmpty()).isTrue();
            } else if (random.nextInt(4) == 0) {
                ledger.flushPrefix((last, all) -> ack(open, acked, (int) last, all, window));
                assertThat(ledger.ready()).isZero();
            } else if (random.nextInt(4) == 0) {
                ledger.flushOld((last, all) -> ack(open, acked, (int) last, all, window));
            }
        }
        acked.or(rejected);
        assertThat(acked.cardinality()).isEqualTo(count);
    }

    /** What the broker does with it. */
    private static void ack(BitSet open, BitSet acked, int tag, boolean all, List<Integer> unhandled) {
        assertThat(open.get(tag)).as("tag %s is known", tag).isTrue();
        for (int i = all ? open.nextSetBit(0) : tag; i >= 0 && i <= tag; i = open.nextSetBit(i + 1)) {
            assertThat(unhandled).doesNotContain(i);
            acked.set(i);
            open.clear(i);
        }
    }

    private int flushPrefix() {
        return ledger.flushPrefix((tag, all) -> sent.add((all ? ".." : "") + tag));
    }

    private void flushOld() {
        ledger.flushOld((tag, all) -> sent.add((all ? ".." : "") + tag));
    }

    private void flush() {
        ledger.flush((tag, all) -> sent.add((all ? ".." : "") + tag));
    }
}
