package dev.chassis.logging;

import static dev.chassis.logging.TestLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class LineWriterTest {

    private static final LineEncoder PLAIN =
            (line, out) -> out.write((line.msg() + "\n").getBytes(StandardCharsets.UTF_8));
    private static final Deadline LONG = Deadline.after(Duration.ofSeconds(25));

    @Test
    void writesWithOneCallWhatCameDuringTheLast() throws Exception {
        CountDownLatch inFirstWrite = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> writes = new CopyOnWriteArrayList<>();
        LineWriter writer = LineWriter.start(
                new WholeWrites(text -> {
                    writes.add(text);
                    inFirstWrite.countDown();
                    release.await();
                }),
                PLAIN,
                new LogTotals());
        writer.add(line("first"));
        inFirstWrite.await();
        for (int i = 0; i < 100; i++) {
            writer.add(line("more"));
        }
        release.countDown();
        writer.await(LONG);

        assertThat(writes).hasSize(2);
        assertThat(writes.get(1)).isEqualTo("more\n".repeat(100));
    }

    @Test
    void writesLongBatchesInPieces() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter writer = LineWriter.start(out, PLAIN, new LogTotals());
        String big = "x".repeat(50_000);
        for (int i = 0; i < 20; i++) {
            writer.add(line(big));
        }
        writer.await(LONG);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo((big + "\n").repeat(20));
    }

    @Test
    void goesOnWhenTheStreamFailed() {
        List<String> writes = new CopyOnWriteArrayList<>();
        LineWriter writer = LineWriter.start(
                new WholeWrites(text -> {
                    if (text.contains("lost")) {
                        throw new IOException("Broken pipe");
                    }
                    writes.add(text);
                }),
                PLAIN,
                new LogTotals());
        writer.add(line("lost"));
        writer.await(LONG);
        writer.add(line("written"));
        writer.await(LONG);

        assertThat(writes).containsExactly("written\n");
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("half way"), new OutOfMemoryError("not really"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void leavesNoHalfOfALineThatCouldNotBeEncoded(Throwable failure) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter writer = LineWriter.start(
                out,
                (line, to) -> {
                    PLAIN.encode(line, to);
                    if (line.msg().equals("bad")) {
                        throw sneaky(failure);
                    }
                },
                new LogTotals());
        writer.add(line("before"));
        writer.add(line("bad"));
        writer.add(line("after"));
        writer.await(LONG);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("before\nafter\n");
    }

    @Test
    void returnsFromAFlushAtItsDeadlineWhenTheStreamStalls() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        LineWriter writer = LineWriter.start(new WholeWrites(text -> stalled.await()), PLAIN, new LogTotals());
        writer.add(line("stuck"));

        writer.flush(Deadline.after(Duration.ofMillis(20)));
        stalled.countDown();
        writer.flush(LONG);
    }

    @Test
    void hasWrittenALineOfTheSynchronousModeWhenTheCallReturns() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter writer = LineWriter.start(out, PLAIN, new LogTotals());
        writer.flush(LONG);
        for (int i = 0; i < 100; i++) {
            writer.add(line("late"));
            assertThat(out.size()).isEqualTo((i + 1) * "late\n".length());
        }
    }

    @Test
    void goesOnWhenSomebodyInterruptsIt() {
        List<String> writes = new CopyOnWriteArrayList<>();
        LineWriter writer = LineWriter.start(
                new WholeWrites(text -> {
                    writes.add(text);
                    Thread.currentThread().interrupt();
                }),
                PLAIN,
                new LogTotals());
        for (String msg : List.of("one", "two", "three")) {
            writer.add(line(msg));
            writer.await(LONG);
        }

        assertThat(writes).containsExactly("one\n", "two\n", "three\n");
    }

    private static RuntimeException sneaky(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    private interface Sink {
        void accept(String text) throws IOException, InterruptedException;
    }

    /** Sees every call as it comes. */
    private static final class WholeWrites extends OutputStream {

        private final Sink sink;

        WholeWrites(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("one byte at a time");
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                sink.accept(new String(bytes, from, length, StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
