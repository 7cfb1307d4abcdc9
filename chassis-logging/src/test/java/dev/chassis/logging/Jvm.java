package dev.chassis.logging;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, with the class path of the tests: what happens to standard output can only be seen from outside. */
final class Jvm implements AutoCloseable {

    final Process process;
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final StringBuffer errors = new StringBuffer();
    private final List<Thread> readers = new ArrayList<>();

    private Jvm(Process process) {
        this.process = process;
    }

    static Jvm start(Class<?> main, Map<String, String> environment, String... options) throws IOException {
        Jvm jvm = new Jvm(builder(main, environment, options).start());
        jvm.read();
        jvm.readErrors();
        return jvm;
    }

    /** One whose output nobody reads until {@link #read}. */
    static Jvm startUnread(Class<?> main) throws IOException {
        Jvm jvm = new Jvm(builder(main, Map.of()).start());
        jvm.readErrors();
        return jvm;
    }

    /** One that finds this directory first on its class path. */
    static Jvm startWith(Path directory, Class<?> main) throws IOException {
        ProcessBuilder builder = builder(main, Map.of());
        List<String> command = builder.command();
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, directory + File.pathSeparator + command.get(classPath));
        Jvm jvm = new Jvm(builder.start());
        jvm.read();
        jvm.readErrors();
        return jvm;
    }

    static List<String> command(Class<?> main, String... options) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        return command;
    }

    void read() {
        collect(process.getInputStream(), lines::add);
    }

    private void readErrors() {
        collect(process.getErrorStream(), line -> errors.append(line).append('\n'));
    }

    /** Sends SIGTERM. {@code Process.destroy} would also close our end of its output, and so lose what is to come. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for the end and for the last line; returns the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; standard error: " + errors);
        }
        for (Thread reader : readers) {
            reader.join(TimeUnit.SECONDS.toMillis(60));
        }
        return process.exitValue();
    }

    /** Sends a byte and waits for a line that answers on standard error; returns 1. */
    int ask() throws IOException, InterruptedException {
        int before = errorLines("answer").size();
        process.getOutputStream().write('?');
        process.getOutputStream().flush();
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(30))
                .until(() -> errorLines("answer").size() > before);
        return 1;
    }

    List<String> errorLines(String text) {
        return errors.toString().lines().filter(text::equals).toList();
    }

    boolean hasLineWith(String text) {
        synchronized (lines) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }
    }

    String errors() {
        return errors.toString();
    }

    List<Map<String, Object>> json() {
        return Json.parseAll(lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static ProcessBuilder builder(Class<?> main, Map<String, String> environment, String... options) {
        ProcessBuilder builder = new ProcessBuilder(command(main, options));
        builder.environment().remove("CHASSIS_LOG_FORMAT");
        builder.environment().putAll(environment);
        return builder;
    }

    private void collect(java.io.InputStream stream, java.util.function.Consumer<String> to) {
        Thread reader = new Thread(() -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                in.lines().forEach(to);
            } catch (IOException | java.io.UncheckedIOException e) {
                // the process was ended, or the test closed the stream
            }
        });
        reader.setDaemon(true);
        readers.add(reader);
        reader.start();
    }
}
