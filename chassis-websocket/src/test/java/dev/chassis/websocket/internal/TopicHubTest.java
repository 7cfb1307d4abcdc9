package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One task: who hears what, in which order, and who comes back. */
class TopicHubTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private final OutboxSettings settings = new OutboxSettings(256 * 1024, TimeUnit.SECONDS.toNanos(10));
    private final Sessions sessions = new Sessions(settings, 2);
    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final TopicHub hub = hub(1_000);

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    @Test
    void tellsEveryMemberEverythingInOrderWhileOthersComeAndGo() throws Exception {
        List<Sessions.Session> stay = open(600); // more than a loop tells in one turn
        List<Sessions.Session> move = open(60);
        for (Sessions.Session session : stay) {
            assertThat(join(session, "scores", null)).isEqualTo(JoinOutcome.FRESH);
        }
        Thread mover = new Thread(() -> comeAndGo(move));
        mover.start();
        for (int i = 0; i < 200; i++) {
            hub.publish("scores", EncodedMessage.text("scores " + i), Delivery.DISCONNECT);
            hub.publish("elsewhere", EncodedMessage.text("elsewhere " + i), Delivery.DISCONNECT);
        }
        mover.join(60_000);
        for (Sessions.Session session : stay) {
            for (int i = 0; i < 200; i++) {
                assertThat(session.read()).isEqualTo("scores " + i);
            }
            assertThat(session.hearsNothing()).isTrue();
        }
    }

    private void comeAndGo(List<Sessions.Session> movers) {
        try {
            for (int i = 0; i < 5; i++) {
                for (Sessions.Session session : movers) {
                    join(session, "scores", null);
                }
                for (Sessions.Session session : movers) {
                    leave(session, "scores");
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsNothingThatWasPublishedBeforeTheJoinOrAfterTheLeave() throws Exception {
        Sessions.Session session = sessions.open();
        hub.publish("scores", EncodedMessage.text("before"), Delivery.DISCONNECT);
        join(session, "scores", null);
        assertThat(join(session, "scores", null)).isEqualTo(JoinOutcome.ALREADY);
        hub.publish("scores", EncodedMessage.text("during"), Delivery.DISCONNECT);
        assertThat(session.read()).isEqualTo("during");
        leave(session, "scores");
        hub.publish("scores", EncodedMessage.text("after"), Delivery.DISCONNECT);
        assertThat(session.hearsNothing()).isTrue();
    }

    @Test
    void letsASlowMemberCostNobodyElse() throws Exception {
        Sessions.Session slow = sessions.open();
        List<Sessions.Session> quick = open(20);
        join(slow, "scores", null);
        for (Sessions.Session session : quick) {
            join(session, "scores", null);
        }
        String padding = " " + "x".repeat(4_000);
        for (int i = 0; i < 1_000; i++) {
            hub.publish("scores", EncodedMessage.text(i + padding), Delivery.DROP_OLDEST);
            assertThat(slow.outbox.waitingBytes()).isLessThanOrEqualTo(settings.budgetBytes());
            for (Sessions.Session session : quick) {
                assertThat(session.read()).isEqualTo(i + padding);
            }
        }
        int last = -1;
        int seen = 0;
        while (last < 999) {
            int next = Integer.parseInt(slow.read().split(" ")[0]);
            assertThat(next).isGreaterThan(last);
            last = next;
            seen++;
        }
        assertThat(seen + settings.dropped().sum()).isEqualTo(1_000);
        assertThat(slow.tooSlow).isEmpty();
    }

    @Test
    void tellsTheSessionsOfALoopThatIsTooFarBehindToFetchTheirState() throws Exception {
        Sessions.Session session = sessions.open();
        join(session, "scores", null);
        CountDownLatch release = new CountDownLatch(1);
        session.outbox.channel().eventLoop().execute(() -> {
            try {
                release.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        EncodedMessage large = EncodedMessage.text("x".repeat(1024 * 1024));
        for (int i = 0; i < 100; i++) {
            hub.publish("elsewhere", large, Delivery.DISCONNECT);
        }
        assertThat(hub.gaps()).isPositive();
        release.countDown();
        assertThat(session.read()).isEqualTo("resync scores");
    }

    @Test
    void leavesEveryTopicAtOnce() throws Exception {
        Sessions.Session session = sessions.open();
        for (int i = 0; i < 10; i++) {
            hubJoin(session, "topic-" + i, "ann", null);
        }
        assertThat(hub.present("topic-3")).containsExactly("ann");
        leave(session, "topic-4");
        session.onLoop(() -> {
            hub.leaveAll(session.outbox);
            hub.leaveAll(session.outbox);
            return null;
        });
        for (int i = 0; i < 10; i++) {
            hub.publish("topic-" + i, EncodedMessage.text("gone"), Delivery.DISCONNECT);
            assertThat(hub.present("topic-" + i)).isEmpty();
        }
        assertThat(session.hearsNothing()).isTrue();
    }

    @Test
    void tellsWhoComesBackWhatItMissedAndNothingElse() throws Exception {
        Sessions.Session first = sessions.open();
        assertThat(join(first, "kept/1", null)).isEqualTo(JoinOutcome.FRESH);
        publish("kept/1", 0, 10);
        String token = lastToken(first, 10);
        first.close();
        publish("kept/1", 10, 100);
        publish("kept/2", 0, 5);
        Sessions.Session second = sessions.open();
        assertThat(join(second, "kept/1", token)).isEqualTo(JoinOutcome.RESUMED);
        publish("kept/1", 100, 105);
        List<String> seen = messages(second, 95);
        // The token is from the first message, since one is told in an interval: what came with it comes again.
        assertThat(seen).endsWith("kept/1 104").contains("kept/1 10").doesNotHaveDuplicates();
        assertThat(seen.subList(seen.indexOf("kept/1 10"), seen.size())).hasSize(95);
    }

    @Test
    void saysSoWhenSomethingIsNotKnownAnyMore() throws Exception {
        Sessions.Session first = sessions.open();
        join(first, "kept/1", null);
        String token = token(first.read());
        publish("kept/1", 0, 1_001); // one more than is kept
        Sessions.Session second = sessions.open();
        assertThat(join(second, "kept/1", token)).isEqualTo(JoinOutcome.GAP);
        assertThat(second.read()).isEqualTo("resync kept/1");
    }

    @Test
    void trustsNoTokenThatIsForgedOldOrOfAnotherTopic() throws Exception {
        Sessions.Session first = sessions.open();
        join(first, "kept/1", null);
        String token = token(first.read());
        assertThat(join(sessions.open(), "kept/1", token)).isEqualTo(JoinOutcome.RESUMED);
        assertThat(join(sessions.open(), "kept/2", token)).isEqualTo(JoinOutcome.GAP);
        assertThat(join(sessions.open(), "kept/1", "B" + token.substring(1))).isEqualTo(JoinOutcome.GAP);
        assertThat(join(sessions.open(), "kept/1", token.substring(4))).isEqualTo(JoinOutcome.GAP);
        assertThat(join(sessions.open(), "kept/1", "")).isEqualTo(JoinOutcome.GAP);
        assertThat(join(sessions.open(), "kept/1", "no token")).isEqualTo(JoinOutcome.GAP);
        assertThat(join(sessions.open(), "fresh", token)).isEqualTo(JoinOutcome.GAP);
        clock.addAndGet(60_001);
        assertThat(join(sessions.open(), "kept/1", token)).isEqualTo(JoinOutcome.GAP);
    }

    @Test
    void givesUpTheTopicThatWasUsedLeastRecentlyAndKnowsThatItDid() throws Exception {
        Sessions.Session session = sessions.open();
        join(session, "kept/1", null);
        String token = token(session.read());
        publish("kept/1", 0, 5);
        for (int i = 2; i < 30; i++) {
            publish("kept/" + i, 0, 1); // ten topics are kept
        }
        assertThat(join(sessions.open(), "kept/1", token)).isEqualTo(JoinOutcome.GAP);
    }

    private void publish(String topic, int from, int to) {
        for (int i = from; i < to; i++) {
            hub.publish(topic, EncodedMessage.text(topic + " " + i), Delivery.DISCONNECT);
        }
    }

    private static String lastToken(Sessions.Session session, int messages) throws Exception {
        String token = "";
        int left = messages;
        while (left > 0) {
            String text = session.read();
            if (text.startsWith("token ")) {
                token = token(text);
            } else {
                left--;
            }
        }
        return token;
    }

    private static String token(String text) {
        assertThat(text).startsWith("token ");
        return text.split(" ")[2];
    }

    /** Messages without tokens, until {@code count} of them have come since number 10. */
    private static List<String> messages(Sessions.Session session, int count) throws Exception {
        List<String> seen = new ArrayList<>();
        while (seen.indexOf("kept/1 10") < 0 || seen.size() - seen.indexOf("kept/1 10") < count) {
            String text = session.read();
            if (!text.startsWith("token ")) {
                seen.add(text);
            }
        }
        return seen;
    }

    private List<Sessions.Session> open(int count) throws Exception {
        List<Sessions.Session> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(sessions.open());
        }
        return opened;
    }

    private JoinOutcome join(Sessions.Session session, String topic, @Nullable String token) throws Exception {
        return hubJoin(session, topic, null, token);
    }

    private JoinOutcome hubJoin(Sessions.Session session, String topic, @Nullable String who, @Nullable String token)
            throws Exception {
        return session.onLoop(() -> hub.join(session.outbox, topic, who, token));
    }

    private void leave(Sessions.Session session, String topic) throws Exception {
        session.onLoop(() -> {
            hub.leave(session.outbox, topic);
            return null;
        });
    }

    private TopicHub hub(int kept) {
        ResumeTokens tokens = new ResumeTokens("test", KEY, 60_000, clock::get);
        ResumeSettings resume = new ResumeSettings(
                topic -> topic.startsWith("kept/"),
                kept,
                100 * 1024,
                10,
                TimeUnit.SECONDS.toNanos(60),
                tokens,
                (topic, token) -> EncodedMessage.text("token " + topic + " " + token));
        return new TopicHub(topic -> EncodedMessage.text("resync " + topic), resume, null, ClusterSettings.of("test"));
    }
}
