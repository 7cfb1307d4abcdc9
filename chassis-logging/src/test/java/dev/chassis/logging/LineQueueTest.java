package dev.chassis.logging;

import static dev.chassis.logging.TestLines.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineQueueTest {

    private static final int ONE_LINE = line("x").weight();

    @Test
    void handsOverInOrder() throws Exception {
        LineQueue queue = queue(100 * ONE_LINE);
        queue.add(line("a"));
        queue.add(line("b"));

        assertThat(take(queue)).extracting(Line::msg).containsExactly("a", "b");
    }

    @Test
    void makesTheCallerWaitForTheWriterWhileItIsFull() throws Exception {
        LineQueue queue = queue(2 * ONE_LINE);
        queue.add(audit("a"));
        queue.add(audit("b"));
        Thread caller = start(() -> queue.add(audit("c")));
        await().until(() -> caller.getState() == Thread.State.WAITING);

        assertThat(take(queue)).hasSize(2);
        caller.join();
        assertThat(take(queue)).extracting(Line::msg).containsExactly("c");
    }

    @Test
    void dropsWhatIsBelowWarnAtOnceWhenTheWriterStands() {
        LineQueue queue = queue(2 * ONE_LINE);
        for (int i = 0; i < 10_000; i++) {
            queue.add(line("x")); // only the first of those for which there is no room waits
        }

        assertThat(queue.dropped(Severity.INFO)).isEqualTo(9_998);
        assertThat(take(queue)).hasSize(2);
        queue.add(line("again"));
        assertThat(take(queue)).hasSize(1);
        assertThat(queue.dropped(Severity.INFO)).isEqualTo(9_998);
    }

    @Test
    void rawLinesNeverWaitAndHaveAReserveBehindTheOther() {
        int raw = Line.raw("x").weight();
        LineQueue queue = new LineQueue(raw, 2 * raw, () -> false);
        for (int i = 0; i < 10; i++) {
            queue.add(Line.raw("x"));
        }
        assertThat(queue.dropped(Severity.WARN)).isEqualTo(5);
        queue.add(line(Severity.ERROR, "e", false));

        assertThat(queue.dropped(Severity.ERROR)).isEqualTo(1);
        assertThat(take(queue)).hasSize(5).allMatch(Line::raw);
    }

    @Test
    void keepsWarningsAndErrorsInItsReserve() {
        LineQueue queue = new LineQueue(ONE_LINE, 2 * ONE_LINE, () -> false);
        queue.add(line("x"));
        queue.add(line("x"));
        queue.add(line(Severity.WARN, "x", false));
        queue.add(line(Severity.ERROR, "x", false));
        queue.add(line(Severity.ERROR, "y", false));

        assertThat(take(queue)).extracting(Line::level).containsExactly(Severity.INFO, Severity.WARN, Severity.ERROR);
        assertThat(queue.dropped(Severity.INFO)).isEqualTo(1);
        assertThat(queue.dropped(Severity.WARN)).isZero();
        assertThat(queue.dropped(Severity.ERROR)).isEqualTo(1);
    }

    @Test
    void neverMakesAnEventLoopWaitNorLosesWhatItAudits() {
        LineQueue queue = new LineQueue(ONE_LINE, 0, () -> true);
        queue.synchronous(true);
        queue.add(line(Severity.ERROR, "x", false));
        queue.add(line(Severity.ERROR, "y", false));
        for (int i = 0; i < 100; i++) {
            queue.add(audit("z"));
        }

        assertThat(take(queue)).hasSize(101);
        assertThat(queue.dropped(Severity.ERROR)).isEqualTo(1);
    }

    @Test
    void countsOrKeepsEveryLineOfManyThreads() throws Exception {
        LineQueue queue = new LineQueue(50 * ONE_LINE, 50 * ONE_LINE, () -> false);
        List<Thread> callers = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            callers.add(start(() -> {
                for (int i = 0; i < 1_000; i++) {
                    queue.add(line(i % 2 == 0 ? Severity.INFO : Severity.WARN, "x", i % 100 == 0));
                }
            }));
        }
        int taken = 0;
        while (callers.stream().anyMatch(Thread::isAlive)) {
            taken += queue.take(new ArrayList<>(), 1).size();
        }
        taken += queue.take(new ArrayList<>(), 1).size();

        assertThat(taken + queue.dropped(Severity.INFO) + queue.dropped(Severity.WARN))
                .isEqualTo(8_000);
    }

    @Test
    void returnsNothingWhenNothingCame() {
        assertThat(queue(ONE_LINE).take(new ArrayList<>(), 1)).isEmpty();
    }

    @Test
    void takesALineThatIsHeavierThanItself() throws Exception {
        LineQueue queue = queue(ONE_LINE);
        queue.add(line("x".repeat(10 * ONE_LINE)));

        assertThat(take(queue)).hasSize(1);
    }

    @Test
    void keepsTheLineAndTheFlagOfAnInterruptedCaller() throws Exception {
        LineQueue queue = queue(ONE_LINE);
        queue.add(line("x"));
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = start(() -> {
            Thread.currentThread().interrupt();
            queue.add(audit("x"));
            flag.set(Thread.currentThread().isInterrupted());
        });
        await().until(() -> caller.getState() == Thread.State.WAITING);

        take(queue);
        caller.join();
        assertThat(flag).isTrue();
        assertThat(take(queue)).hasSize(1);
    }

    @Test
    void waitsForWhatWasAddedBeforeAndNothingElse() throws Exception {
        LineQueue queue = queue(100 * ONE_LINE);
        queue.add(line("a"));
        Thread flusher = start(() -> queue.awaitWritten(Deadline.after(Duration.ofDays(365_000))));
        await().until(() -> flusher.getState() == Thread.State.TIMED_WAITING);

        take(queue);
        queue.add(line("later"));
        queue.written();
        flusher.join();
        assertThat(take(queue)).extracting(Line::msg).containsExactly("later");
    }

    @Test
    void stopsWaitingAtTheDeadline() {
        LineQueue queue = queue(100 * ONE_LINE);
        queue.add(line("never written"));

        queue.awaitWritten(Deadline.after(Duration.ofMillis(20)));
        queue.awaitWritten(Deadline.after(Duration.ZERO));
    }

    @Test
    void makesACallerWaitForItsOwnLineWhenSynchronous() throws Exception {
        LineQueue queue = queue(100 * ONE_LINE);
        queue.synchronous(true);
        AtomicBoolean returned = new AtomicBoolean();
        Thread caller = start(() -> {
            queue.add(line("a"));
            returned.set(true);
        });
        List<Line> taken = take(queue);
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        assertThat(returned).isFalse();

        queue.written();
        caller.join();
        assertThat(taken).hasSize(1);
    }

    private static LineQueue queue(int maxWeight) {
        return new LineQueue(maxWeight, 0, () -> false);
    }

    private static List<Line> take(LineQueue queue) {
        return queue.take(new ArrayList<>(), Long.MAX_VALUE);
    }

    private static Line audit(String msg) {
        return line(Severity.INFO, msg, true);
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
