package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looking at dead letters and putting them back, on a real broker. */
class DeadLettersTest {

    private final Rig rig = new Rig();
    private final DeadLetters letters = new DeadLetters(rig.links, rig.queue, Duration.ofSeconds(5));
    private final List<Delivery<byte[]>> seen = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean(true);

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void listsWithoutTakingAwayAndInOrder() throws Exception {
        bury(5);
        for (int again = 0; again < 2; again++) {
            assertThat(letters.list(100))
                    .extracting(DeadLetter::messageId)
                    .containsExactly("m0", "m1", "m2", "m3", "m4");
        }
        assertThat(letters.list(2)).hasSize(2);
        assertThat(letters.list(DeadLetterFilter.all().reason("attempts").type("IOException"), 100))
                .hasSize(5);
        assertThat(letters.list(
                        DeadLetterFilter.all().type("java.io.IOException").olderThan(Duration.ZERO), 100))
                .hasSize(5);
        assertThat(letters.list(DeadLetterFilter.all().reason("undecodable"), 100))
                .isEmpty();
        assertThat(letters.list(DeadLetterFilter.all().olderThan(Duration.ofDays(1)), 100))
                .isEmpty();
        assertThat(letters.list(DeadLetterFilter.all().header("number", "3"), 100))
                .extracting(DeadLetter::messageId)
                .containsExactly("m3");
    }

    @Test
    void putsBackWhatPassesTheFilterOnceAndAsItWas() throws Exception {
        bury(5);
        broken.set(false);
        DeadLetterFilter odd = DeadLetterFilter.all().header("number", "1");
        assertThat(letters.replay(odd, DeadLetters.Replay.dryRun())).isEqualTo(new DeadLetters.Report(5, 1, 0));
        assertThat(letters.list(10)).hasSize(5);
        assertThat(letters.replay(odd, DeadLetters.Replay.perSecond(1000))).isEqualTo(new DeadLetters.Report(5, 1, 1));
        Rig.await("handled").until(() -> seen.size() == 1);
        Delivery<byte[]> back = seen.get(0);
        assertThat(back.messageId()).isEqualTo("m1");
        assertThat(back.attempt()).isEqualTo(1);
        assertThat(back.headers())
                .containsEntry(FailureHeaders.REPLAYED, 1L)
                .containsEntry("number", 1)
                .doesNotContainKeys(FailureHeaders.REASON, FailureHeaders.STACK, FailureHeaders.ATTEMPT);
        assertThat(letters.list(10)).extracting(DeadLetter::messageId).containsExactly("m0", "m2", "m3", "m4");
    }

    @Test
    void countsReplaysOfWhatFailsAgain() throws Exception {
        bury(1);
        for (int times = 1; times <= 2; times++) {
            long expected = times;
            letters.replay(letter -> true, DeadLetters.Replay.perSecond(100));
            Rig.await("dead again").until(() -> letters.list(10).stream().anyMatch(one -> one.replayed() == expected));
        }
        assertThat(letters.list(10)).hasSize(1);
    }

    @Test
    void keepsTheLettersWhenThereIsNoQueueToPutThemIn() throws Exception {
        bury(2);
        rig.direct.queueDelete(rig.queue);
        assertThatThrownBy(() -> letters.replay(letter -> true, DeadLetters.Replay.perSecond(100)))
                .isInstanceOf(IOException.class);
        assertThat(letters.list(10)).hasSize(2);
    }

    @Test
    void readsLettersThatSomebodyElseHasPutThere() throws Exception {
        rig.direct.queueDeclare(rig.dead(), true, false, false, Map.of());
        rig.direct.basicPublish(
                "",
                rig.dead(),
                new AMQP.BasicProperties.Builder()
                        .headers(Map.of(FailureHeaders.LAST, "yesterday", FailureHeaders.ATTEMPT, "many"))
                        .build(),
                new byte[0]);
        Rig.await("it").until(() -> letters.list(10).size() == 1);
        DeadLetter letter = letters.list(10).get(0);
        assertThat(letter.died()).isEmpty();
        assertThat(letter.attempts()).isZero();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> letters.list(0)).hasMessage("most: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> DeadLetters.Replay.perSecond(0))
                .hasMessage("perSecond: 0.0 (expected: more than zero)");
        assertThatThrownBy(() -> DeadLetters.Replay.perSecond(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void worksFromTheCommandLine() throws Exception {
        bury(3);
        broken.set(false);
        assertThat(command(0, "list", rig.queue, "--header", "number=2"))
                .contains("m2  attempts  attempts=1  replayed=0  java.io.IOException: no", "1 dead letters")
                .doesNotContain("m1");
        assertThat(command(0, "count", rig.queue)).contains("seen=3, matched=3, replayed=0");
        assertThat(command(0, "replay", rig.queue, "--rate", "100", "--most", "2"))
                .contains("replayed=2");
        Rig.await("handled").until(() -> seen.size() == 2);
        assertThat(command(75, "list", "no-such-queue")).contains("NOT_FOUND");
        assertThat(command(78, Map.of("chassis.rabbit.heartbeat", "soon"), "list", rig.queue))
                .contains("chassis.rabbit.heartbeat = \"soon\"");
        assertThat(command(64, "lsit", rig.queue)).contains("lsit (expected: list, count or replay)");
        assertThat(command(64, "list", rig.queue, "--most")).contains("usage");
        assertThat(command(64, "list", rig.queue, "--reson", "x")).contains("--reson");
    }

    /** Keys of other parts of the service do not matter. */
    private static String command(int expected, String... arguments) {
        return command(
                expected,
                Map.of("chassis.rabbit.addresses", "127.0.0.1:" + Rig.PORT, "chassis.jdbc.url", "jdbc:x"),
                arguments);
    }

    private static String command(int expected, Map<String, String> keys, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output);
        int code = DeadLetterCommand.run(arguments, keys, out, out);
        assertThat(code).as(output.toString()).isEqualTo(expected);
        return output.toString();
    }

    private void bury(int count) throws Exception {
        Rig.started(rig.consumer(delivery -> {
                    if (broken.get()) {
                        throw new IOException("no");
                    }
                    seen.add(delivery);
                    return Outcome.ack();
                })
                .concurrency(1)
                .maxAttempts(1));
        for (int i = 0; i < count; i++) {
            rig.publish("m" + i, "x", Map.of("number", i));
        }
        Rig.await("dead").until(() -> rig.direct.messageCount(rig.dead()) == count);
    }
}
