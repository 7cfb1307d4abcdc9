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

    private static final int ONE_LINE = line("").weight();

    @Test
    void handsOverInOrder() throws Exception {
        LineQueue queue = new LineQueue(100 * ONE_LINE);
        queue.add(line("a"));
        queue.add(line("b"));

        assertThat(queue.take(new ArrayList<>())).extracting(Line::msg).containsExactly("a", "b");
    }

    @Test
    void makesTheCallerWaitWhileItIsFull() throws Exception {
        LineQueue queue = new LineQueue(2 * ONE_LINE);
        queue.add(line(""));
        queue.add(line(""));
        Thread caller = start(() -> queue.add(line("x")));
        await().until(() -> caller.getState() == Thread.State.WAITING);

        assertThat(queue.take(new ArrayList<>())).hasSize(2);
        caller.join();
        assertThat(queue.take(new ArrayList<>())).extracting(Line::msg).containsExactly("x");
    }

    @Test
    void takesALineThatIsHeavierThanItself() throws Exception {
        LineQueue queue = new LineQueue(ONE_LINE);
        queue.add(line("x".repeat(10 * ONE_LINE)));

        assertThat(queue.take(new ArrayList<>())).hasSize(1);
    }

    @Test
    void keepsTheLineAndTheFlagOfAnInterruptedCaller() throws Exception {
        LineQueue queue = new LineQueue(ONE_LINE);
        queue.add(line(""));
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = start(() -> {
            Thread.currentThread().interrupt();
            queue.add(line("x"));
            flag.set(Thread.currentThread().isInterrupted());
        });
        await().until(() -> caller.getState() == Thread.State.WAITING);

        queue.take(new ArrayList<>());
        caller.join();
        assertThat(flag).isTrue();
        assertThat(queue.take(new ArrayList<>())).hasSize(1);
    }

    @Test
    void waitsForWhatWasAddedBeforeAndNothingElse() throws Exception {
        LineQueue queue = new LineQueue(100 * ONE_LINE);
        queue.add(line("a"));
        Thread flusher = start(() -> queue.awaitWritten(Deadline.after(Duration.ofDays(365_000))));
        await().until(() -> flusher.getState() == Thread.State.TIMED_WAITING);

        queue.take(new ArrayList<>());
        queue.add(line("later"));
        queue.written();
        flusher.join();
        assertThat(queue.take(new ArrayList<>())).extracting(Line::msg).containsExactly("later");
    }

    @Test
    void stopsWaitingAtTheDeadline() {
        LineQueue queue = new LineQueue(100 * ONE_LINE);
        queue.add(line("never written"));

        queue.awaitWritten(Deadline.after(Duration.ofMillis(20)));
        queue.awaitWritten(Deadline.after(Duration.ZERO));
    }

    @Test
    void makesACallerWaitForItsOwnLineWhenSynchronous() throws Exception {
        LineQueue queue = new LineQueue(100 * ONE_LINE);
        queue.synchronous(true);
        AtomicBoolean returned = new AtomicBoolean();
        Thread caller = start(() -> {
            queue.add(line("a"));
            returned.set(true);
        });
        List<Line> taken = queue.take(new ArrayList<>());
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        assertThat(returned).isFalse();

        queue.written();
        caller.join();
        assertThat(taken).hasSize(1);
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
