package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What really arrives on standard output, seen from another process. */
@Timeout(120)
class ProcessTest {

    private static final int THREADS = 6;

    @Test
    void losesNoLineOfTwentyThousandASecondWhenTheServiceIsTerminated() throws Exception {
        try (Jvm jvm = Jvm.start(BusyService.class, Map.of())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> jvm.lines.size() > 40_000);
            jvm.terminate();

            assertThat(jvm.exitCode()).isEqualTo(143);
            List<Map<String, Object>> lines = jvm.json();
            assertThat(lines).last().satisfies(last -> assertThat(last).containsEntry("msg", "drained"));
            assertThat(lines.get(lines.size() - 1).get("emitted")).isEqualTo(lines.size() - 1);
            assertGapless(lines);
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void flushesAlsoWhenItsClassLoaderIsGone() throws Exception {
        try (Jvm jvm = Jvm.start(OwnLoaderService.class, Map.of())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> jvm.hasLineWith("\"msg\":\"hello\""));
            jvm.process.getOutputStream().close();

            assertThat(jvm.exitCode()).isZero();
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void answersWhileNobodyReadsItsOutputAndCountsWhatItDropped() throws Exception {
        try (Jvm jvm = Jvm.startUnread(StalledService.class)) {
            assertThat(jvm.process.getInputStream().read()).isEqualTo('{'); // it is up, and nobody reads any more
            int answers = 0;
            while (jvm.errorLines("dropping").isEmpty()) {
                answers += jvm.ask();
            }
            assertThat(jvm.ask()).isEqualTo(1);
            assertThat(answers).isPositive();
            jvm.read();
            await().atMost(Duration.ofSeconds(60)).until(() -> jvm.hasLineWith("log_dropped"));
            jvm.terminate();

            assertThat(jvm.exitCode()).isEqualTo(143);
            List<Map<String, Object>> lines = Json.parseAll(jvm.lines.subList(1, jvm.lines.size()));
            long logged = number(lines.get(lines.size() - 1), "logged");
            long arrived =
                    1 + lines.stream().filter(line -> line.containsKey("n")).count();
            long dropped = lines.stream()
                    .filter(line -> "log_dropped".equals(line.get("event")))
                    .mapToLong(line -> number(line, "dropped"))
                    .sum();
            assertThat(dropped).isPositive();
            assertThat(arrived + dropped).isEqualTo(logged);
            assertThat(lines.stream().filter(line -> line.containsKey("audited")))
                    .hasSize(StalledService.AUDITED);
            assertThat(lines.stream().mapToLong(line -> number(line, "seq")))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(2, lines.size() + 1).boxed().toList());
        }
    }

    @Test
    void losesNoLineOfAProcessThatIsNoService() throws Exception {
        try (Jvm jvm = Jvm.start(BusyProgram.class, Map.of())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> jvm.lines.size() > 5_000);
            jvm.terminate();

            assertThat(jvm.exitCode()).isEqualTo(143);
            assertThat(jvm.json()).extracting(line -> line.get("msg")).contains("late, from a hook");
            assertSeqGapless(jvm.json());
        }
    }

    @Test
    void writesEverythingBeforeTheProcessExits() throws Exception {
        try (Jvm jvm = Jvm.start(ShortProgram.class, Map.of())) {
            assertThat(jvm.exitCode()).isEqualTo(3);
            assertThat(jvm.json()).hasSize(ShortProgram.LINES);
            assertThat(jvm.json())
                    .first()
                    .satisfies(line -> assertThat(line)
                            .containsEntry("msg", "line 0")
                            .containsEntry("level", "INFO")
                            .containsEntry("logger", ShortProgram.class.getName())
                            .containsEntry("thread", "main"));
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void writesTextWhenTold() throws Exception {
        try (Jvm jvm = Jvm.start(ShortProgram.class, Map.of("CHASSIS_LOG_FORMAT", "text"))) {
            assertThat(jvm.exitCode()).isEqualTo(3);
            assertThat(jvm.lines).hasSize(ShortProgram.LINES);
            assertThat(jvm.lines.get(0)).endsWith("INFO  [main] ProcessTest$ShortProgram: line 0");
        }
    }

    @Test
    void writesColouredTextOnATerminal() throws Exception {
        assumeThat(Path.of("/usr/bin/script")).exists();
        String command = String.join(" ", Jvm.command(ShortProgram.class)).replace("$", "\\$");
        Process process = new ProcessBuilder("/usr/bin/script", "-qec", command, "/dev/null")
                .redirectInput(new java.io.File("/dev/null"))
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(out).contains("\u001b[32mINFO \u001b[0m").doesNotContain("{\"ts\"");
    }

    @Test
    void writesJsonOnATerminalOfATaskOnEcs() throws Exception {
        assumeThat(Path.of("/usr/bin/script")).exists();
        String command = String.join(" ", Jvm.command(ShortProgram.class)).replace("$", "\\$");
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/script", "-qec", command, "/dev/null")
                .redirectInput(new java.io.File("/dev/null"));
        builder.environment().put("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/x");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(out).startsWith("{\"ts\"").doesNotContain("\u001b");
    }

    @Test
    void saysThatTheFormatMakesNoSenseAndGoesOn() throws Exception {
        try (Jvm jvm = Jvm.start(ShortProgram.class, Map.of("CHASSIS_LOG_FORMAT", "xml"))) {
            assertThat(jvm.exitCode()).isEqualTo(3);
            assertThat(jvm.json()).hasSize(ShortProgram.LINES + 1);
            assertThat(jvm.json().get(0))
                    .containsEntry("level", "WARN")
                    .containsEntry("msg", "CHASSIS_LOG_FORMAT: \"xml\" (expected: json, text or auto)");
        }
    }

    @Test
    void leavesLogbackToAFileOnTheClassPath(@TempDir Path directory) throws Exception {
        writeLogbackFile(directory.resolve("logback.xml"));
        try (Jvm jvm = Jvm.startWith(directory, ConfiguredProgram.class)) {
            assertLeftToTheFile(jvm);
        }
    }

    @Test
    void leavesLogbackToATestFileOnTheClassPath(@TempDir Path directory) throws Exception {
        writeLogbackFile(directory.resolve("logback-test.xml"));
        try (Jvm jvm = Jvm.startWith(directory, ConfiguredProgram.class)) {
            assertLeftToTheFile(jvm);
        }
    }

    @Test
    void leavesLogbackToAFileThatAPropertyNames(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("mine.xml");
        writeLogbackFile(file);
        try (Jvm jvm = Jvm.start(ConfiguredProgram.class, Map.of(), "-Dlogback.configurationFile=" + file)) {
            assertLeftToTheFile(jvm);
        }
    }

    private static void writeLogbackFile(Path file) throws IOException {
        Files.writeString(file, """
                <configuration>
                  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>mine %msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="OUT"/></root>
                </configuration>
                """);
    }

    private static void assertLeftToTheFile(Jvm jvm) throws InterruptedException {
        assertThat(jvm.exitCode()).isZero();
        assertThat(jvm.lines)
                .containsExactly(
                        "mine logback has a configuration file of the service's own: chassis.log.* is not applied",
                        "mine hello");
    }

    @Test
    void writesTheLinesOfAProcessThatBeginsToLogWhenItEnds() throws Exception {
        try (Jvm jvm = Jvm.start(LateProgram.class, Map.of())) {
            assertThat(jvm.exitCode()).isZero();
            assertThat(jvm.json()).extracting(line -> line.get("msg")).containsExactly("first", "second");
        }
    }

    @Test
    void survivesAnOutputThatNobodyReadsAnyMore() throws Exception {
        try (Jvm jvm = Jvm.startUnread(BrokenPipe.class)) {
            jvm.process.getInputStream().close();
            jvm.process.getOutputStream().close(); // go

            assertThat(jvm.exitCode()).isEqualTo(BrokenPipe.SURVIVED);
            assertThat(jvm.errors().lines().filter(line -> line.contains("lines are being lost")))
                    .hasSize(1);
        }
    }

    @Test
    void flushesNoLongerThanTheDeadlineWhenTheOutputStalls() throws Exception {
        try (Jvm jvm = Jvm.startUnread(Stalled.class)) {
            assertThat(jvm.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(jvm.process.exitValue()).isEqualTo(Stalled.FLUSHED);
        }
    }

    /** Every thread numbers its lines; none is missing, and they are in order. */
    private static void assertGapless(List<Map<String, Object>> lines) {
        assertSeqGapless(lines);
        Map<Object, Long> last = new HashMap<>();
        for (Map<String, Object> line : lines.subList(0, lines.size() - 1)) {
            assertThat(number(line, "n")).isEqualTo(last.merge(line.get("thread"), 1L, Long::sum));
        }
        assertThat(last).hasSize(THREADS);
    }

    private static void assertSeqGapless(List<Map<String, Object>> lines) {
        assertThat(lines.stream().mapToLong(line -> number(line, "seq")))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, lines.size()).boxed().toList());
    }

    private static long number(Map<String, Object> line, String name) {
        return line.get(name) instanceof Number number ? number.longValue() : -1;
    }

    /** A service under a chassis: its drain stops the work, tells what it did, and flushes last. */
    static final class BusyService {

        private static final Logger LOG = LoggerFactory.getLogger(BusyService.class);

        public static void main(String[] args) {
            new LogbackControl().configure(Map.of("format", "json"), Map.of("service", "busy"));
            List<Worker> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                workers.add(new Worker("worker-" + i));
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(workers)));
            workers.forEach(Thread::start);
        }

        private static void drain(List<Worker> workers) {
            int emitted = 0;
            for (Worker worker : workers) {
                emitted += worker.end();
            }
            LOG.atInfo().addKeyValue("emitted", emitted).log("drained");
            new LogbackControl().flush(Deadline.after(Duration.ofSeconds(30)));
        }
    }

    static final class Worker extends Thread {

        private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
        private static final double PER_THREAD_AND_SECOND = 20_000.0 / THREADS;
        private volatile boolean ended;
        private int n;

        Worker(String name) {
            super(name);
        }

        @Override
        public void run() {
            long begin = System.nanoTime();
            while (!ended) {
                if (n < PER_THREAD_AND_SECOND * (System.nanoTime() - begin) / 1e9) {
                    LOG.atInfo().addKeyValue("n", ++n).log("busy with {} and {}", "one thing", n);
                } else {
                    LockSupport.parkNanos(500_000);
                }
            }
        }

        int end() {
            ended = true;
            try {
                join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return n;
        }
    }

    /** Logs by a class loader of its own, which is gone when the process ends. */
    static final class OwnLoaderService {

        public static void main(String[] args) throws Exception {
            String[] entries = System.getProperty("java.class.path").split(java.io.File.pathSeparator);
            java.net.URL[] urls = new java.net.URL[entries.length];
            for (int i = 0; i < entries.length; i++) {
                urls[i] = Path.of(entries[i]).toUri().toURL();
            }
            try (var loader = new java.net.URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
                Object logger = loader.loadClass("org.slf4j.LoggerFactory")
                        .getMethod("getLogger", String.class)
                        .invoke(null, "own");
                loader.loadClass("org.slf4j.Logger")
                        .getMethod("info", String.class)
                        .invoke(logger, "hello");
                System.in.read(); // until the line is written
            }
        }
    }

    /** Answers a byte with a byte, logs a lot for each, and tells how much when it is terminated. */
    static final class StalledService {

        static final int AUDITED = 3;
        private static final Logger LOG = LoggerFactory.getLogger(StalledService.class);

        public static void main(String[] args) throws IOException {
            new LogbackControl().configure(Map.of("format", "json"), Map.of());
            AtomicLong logged = new AtomicLong();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(logged)));
            LOG.atInfo().addKeyValue("n", logged.incrementAndGet()).log("up");
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            new LogbackControl().bindTo(meters);
            AuditLog audit = AuditLog.named("stalled");
            for (int audited = 0; System.in.read() >= 0; ) {
                for (int i = 0; i < 500; i++) {
                    LOG.atInfo().addKeyValue("n", logged.incrementAndGet()).log("x".repeat(1_000));
                }
                FunctionCounter dropped =
                        meters.get("chassis.log.dropped").tag("level", "info").functionCounter();
                if (audited < AUDITED && dropped.count() > 0) {
                    audit.record("answered", Map.of("audited", ++audited));
                    System.err.println(audited == AUDITED ? "dropping" : "nearly");
                }
                System.err.println("answer");
            }
        }

        private static void tell(AtomicLong logged) {
            LOG.atWarn().addKeyValue("logged", logged.get()).log("ended");
            new LogbackControl().flush(Deadline.after(Duration.ofSeconds(30)));
        }
    }

    /** No chassis, nobody who flushes. */
    static final class BusyProgram {

        private static final Logger LOG = LoggerFactory.getLogger(BusyProgram.class);

        public static void main(String[] args) {
            Worker worker = new Worker("worker");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                worker.end();
                LOG.info("late, from a hook");
            }));
            worker.start();
        }
    }

    static final class ShortProgram {

        static final int LINES = 50;

        public static void main(String[] args) {
            Logger log = LoggerFactory.getLogger(ShortProgram.class);
            for (int i = 0; i < LINES; i++) {
                log.info("line {}", i);
                log.debug("not by default");
            }
            System.exit(3);
        }
    }

    static final class LateProgram {

        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                Logger log = LoggerFactory.getLogger(LateProgram.class);
                log.info("first");
                log.info("second");
            }));
        }
    }

    static final class ConfiguredProgram {

        public static void main(String[] args) {
            Logger log = LoggerFactory.getLogger(ConfiguredProgram.class);
            LogbackControl control = new LogbackControl();
            control.configure(Map.of("format", "json", "level", "ERROR"), Map.of("service", "x"));
            log.info("hello");
            control.flush(Deadline.after(Duration.ofSeconds(1)));
        }
    }

    static final class BrokenPipe {

        static final int SURVIVED = 21;

        public static void main(String[] args) throws Exception {
            Logger log = LoggerFactory.getLogger(BrokenPipe.class);
            System.in.read(); // until the test has closed the other end
            LogbackControl control = new LogbackControl();
            for (int i = 0; i < 100; i++) {
                log.info("nobody reads this");
                control.flush(Deadline.after(Duration.ofSeconds(10)));
            }
            System.exit(SURVIVED);
        }
    }

    static final class Stalled {

        static final int FLUSHED = 22;

        public static void main(String[] args) {
            Logger log = LoggerFactory.getLogger(Stalled.class);
            for (int i = 0; i < 1_000; i++) {
                log.info("x".repeat(1_000)); // more than a pipe holds, less than the queue
            }
            new LogbackControl().flush(Deadline.after(Duration.ofMillis(50)));
            Runtime.getRuntime().halt(FLUSHED);
        }
    }
}
