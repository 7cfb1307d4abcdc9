package dev.chassis.websocket.internal;

import static dev.chassis.websocket.internal.Sessions.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to messages for sessions that read, read late, or do not read. */
class OutboxTest {

    private static final int BUDGET = 64 * 1024;
    private static final long SLOW = TimeUnit.SECONDS.toNanos(10);
    private static final String PADDING = "x".repeat(200);

    private final OutboxSettings settings = new OutboxSettings(BUDGET, SLOW);
    private final Sessions sessions = new Sessions(settings, 1);

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    @Test
    void keepsTheOrderOfEachThreadAndLosesNothing() throws Exception {
        Sessions.Session session = sessions.open();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> offerPatiently(session, number)))
                .toList();
        threads.forEach(Thread::start);
        Map<String, Integer> next = new HashMap<>();
        for (int i = 0; i < 4 * 2_000; i++) {
            String[] words = session.read().split(" ");
            assertThat(Integer.parseInt(words[1])).isEqualTo(next.merge(words[0], 1, Integer::sum) - 1);
        }
        assertThat(next.values()).containsOnly(2_000);
        assertThat(session.hearsNothing()).isTrue();
    }

    private static void offerPatiently(Sessions.Session session, int number) {
        for (int i = 0; i < 2_000; i++) {
            await().until(() -> session.outbox.waitingBytes() < BUDGET / 2);
            SendResult result = offer(session, number + " " + i, Delivery.DISCONNECT);
            assertThat(result).isEqualTo(SendResult.QUEUED);
        }
    }

    @Test
    void givesUpASessionThatNeverReadsAndHoldsNoMoreThanItsBudget() throws Exception {
        Sessions.Session session = sessions.open();
        int accepted = 0;
        while (offer(session, accepted + PADDING, Delivery.DISCONNECT) == SendResult.QUEUED) {
            accepted++;
            assertThat(session.outbox.waitingBytes()).isLessThanOrEqualTo(BUDGET);
            assertThat(accepted).isLessThan(1_000_000);
        }
        await().untilAsserted(() -> assertThat(session.tooSlow).hasSize(1));
        assertThat(offer(session, "later", Delivery.DISCONNECT)).isEqualTo(SendResult.CLOSED);
        assertThat(offer(session, "later", Delivery.CONTROL)).isEqualTo(SendResult.CLOSED);
        assertThat(session.onLoop(session.outbox::waitingBytes)).isZero();
        assertThat(session.tooSlow).hasSize(1);
    }

    @Test
    void dropsTheOldestAndCountsThem() throws Exception {
        Sessions.Session session = sessions.open();
        int offered = 50_000;
        for (int i = 0; i < offered; i++) {
            assertThat(offer(session, i + " " + PADDING, Delivery.DROP_OLDEST)).isEqualTo(SendResult.QUEUED);
            assertThat(session.outbox.waitingBytes()).isLessThanOrEqualTo(BUDGET);
        }
        List<Integer> seen = readUntil(session, offered - 1);
        assertThat(seen).isSorted().doesNotHaveDuplicates();
        assertThat(seen.size() + settings.dropped().sum()).isEqualTo(offered);
        assertThat(settings.dropped().sum()).isPositive();
        assertThat(session.tooSlow).isEmpty();
    }

    @Test
    void dropsNothingThatMustNotBeDropped() throws Exception {
        Sessions.Session session = sessions.open();
        fill(session);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (i % 1_000 == 0) {
                kept.add("kept " + i);
                assertThat(offer(session, "kept " + i, Delivery.DISCONNECT)).isEqualTo(SendResult.QUEUED);
            }
            assertThat(offer(session, i + " " + PADDING, Delivery.DROP_OLDEST)).isEqualTo(SendResult.QUEUED);
        }
        List<String> seen = new ArrayList<>();
        for (String text = session.read(); !text.startsWith("19999 "); text = session.read()) {
            if (text.startsWith("kept ")) {
                seen.add(text);
            }
        }
        assertThat(seen).isEqualTo(kept);
    }

    @Test
    void sendsTheLatestValueOfEachKey() throws Exception {
        Sessions.Session session = sessions.open();
        fill(session);
        int offered = 50_000;
        Map<String, Integer> results = new ConcurrentHashMap<>();
        for (int i = 0; i < offered; i++) {
            SendResult result = offer(session, i % 10 + " " + i, Delivery.conflate("key-" + i % 10));
            results.merge(result.name(), 1, Integer::sum);
        }
        assertThat(results.keySet()).isSubsetOf("QUEUED", "CONFLATED");
        Map<String, Integer> latest = new HashMap<>();
        int seen = 0;
        while (!latest.values()
                .containsAll(IntStream.range(offered - 10, offered).boxed().toList())) {
            String text = session.read();
            if (!text.endsWith(PADDING)) {
                latest.put(text.split(" ")[0], Integer.parseInt(text.split(" ")[1]));
                seen++;
            }
        }
        assertThat(seen + settings.conflated().sum()).isEqualTo(offered);
    }

    @Test
    void letsItsOwnMessagesOvertake() throws Exception {
        Sessions.Session session = sessions.open();
        int filled = fill(session);
        offer(session, "control", Delivery.CONTROL);
        offer(session, "last", Delivery.DISCONNECT);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < filled + 2; i++) {
            seen.add(session.read());
        }
        assertThat(seen).endsWith("last");
        assertThat(seen.indexOf("control")).isLessThan(filled);
    }

    @Test
    void givesUpASocketThatTakesNothingForTooLong() throws Exception {
        Sessions.Session session = sessions.open();
        fill(session);
        long now = System.nanoTime() | 1; // as it is remembered
        assertThat(sweep(session, now)).isEmpty();
        assertThat(sweep(session, now + SLOW - 1)).isEmpty();
        assertThat(sweep(session, now + SLOW)).hasSize(1);
        assertThat(sweep(session, now + 2 * SLOW)).hasSize(1);
        assertThat(offer(session, "later", Delivery.CONTROL)).isEqualTo(SendResult.CLOSED);
    }

    @Test
    void forgivesASocketThatTakesSomethingInBetween() throws Exception {
        Sessions.Session session = sessions.open();
        int filled = fill(session);
        long now = System.nanoTime();
        sweep(session, now);
        for (int i = 0; i < filled; i++) {
            session.read();
        }
        await().until(() -> session.onLoop(session.outbox::isSent));
        assertThat(sweep(session, now + SLOW)).isEmpty();
    }

    @Test
    void sendsWhatWaitsBeforeItFinishes() throws Exception {
        Sessions.Session session = sessions.open();
        int filled = fill(session);
        List<String> finished = new ArrayList<>();
        session.onLoop(() -> {
            session.outbox.finish(() -> finished.add("finished"));
            return null;
        });
        assertThat(offer(session, "later", Delivery.DISCONNECT)).isEqualTo(SendResult.CLOSED);
        for (int i = 0; i < filled; i++) {
            assertThat(session.read()).startsWith(i + " ");
        }
        await().until(() -> session.onLoop(() -> finished.size() == 1 && session.outbox.isSent()));
        assertThat(settings.dropped().sum()).isZero();
    }

    @Test
    void countsWhatACloseLeavesUnsent() throws Exception {
        Sessions.Session session = sessions.open();
        fill(session);
        offer(session, "unsent", Delivery.DISCONNECT);
        session.onLoop(() -> {
            session.outbox.close();
            session.outbox.close();
            return null;
        });
        assertThat(settings.dropped().sum()).isPositive();
        assertThat(session.outbox.waitingBytes()).isZero();
        assertThat(offer(session, "later", Delivery.DROP_OLDEST)).isEqualTo(SendResult.CLOSED);
    }

    @Test
    void takesOneMessageThatIsLongerThanItsBudget() throws Exception {
        Sessions.Session session = sessions.open();
        String longOne = "y".repeat(3 * BUDGET);
        assertThat(offer(session, longOne, Delivery.DISCONNECT)).isEqualTo(SendResult.QUEUED);
        assertThat(session.read()).isEqualTo(longOne);
    }

    /** Offers until something waits; returns how many. Nothing is lost by it. */
    private static int fill(Sessions.Session session) throws Exception {
        int count = 0;
        while (session.onLoop(session.outbox::waitingBytes) < BUDGET / 4) {
            assertThat(offer(session, count + " " + PADDING, Delivery.DISCONNECT))
                    .isEqualTo(SendResult.QUEUED);
            count++;
        }
        return count;
    }

    private static SendResult offer(Sessions.Session session, String text, Delivery delivery) {
        return session.outbox.offer(EncodedMessage.text(text), delivery);
    }

    private static List<Integer> readUntil(Sessions.Session session, int last) throws Exception {
        List<Integer> seen = new ArrayList<>();
        do {
            seen.add(Integer.parseInt(session.read().split(" ")[0]));
        } while (seen.get(seen.size() - 1) != last);
        return seen;
    }

    private static List<String> sweep(Sessions.Session session, long now) throws Exception {
        return session.onLoop(() -> {
            session.outbox.sweep(now);
            return List.copyOf(session.tooSlow);
        });
    }
}
