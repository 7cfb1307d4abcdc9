package dev.chassis.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real JVM that runs {@link ProcessMain}, and the lines it writes. */
final class TestProcess implements AutoCloseable {

    private static final long LIMIT_SECONDS = 90;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();
    private final Thread reader;

    private TestProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "reader");
        reader.start();
    }

    static TestProcess start(String which, String... args) throws IOException {
        return start(which, Map.of(), args);
    }

    /** The same with variables of its own. */
    static TestProcess start(String which, Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dcase=" + which,
                "-cp",
                System.getProperty("java.class.path"),
                ProcessMain.class.getName(),
                "--chassis.http.port=0",
                "--chassis.admin.port=0"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new TestProcess(builder.start());
    }

    /** Waits for a line that contains the text. */
    String awaitLine(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(line).as("a line with \"%s\" after %s", text, seen).isNotNull();
            seen.add(line);
            if (line.contains(text)) {
                return line;
            }
        }
    }

    /** SIGTERM, or another signal by its name. */
    void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("exit after %s", seen)
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    /** Everything it wrote; complete once it has exited. */
    String output() {
        lines.drainTo(seen);
        return String.join("\n", seen);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("reader: " + e);
        }
    }
}
