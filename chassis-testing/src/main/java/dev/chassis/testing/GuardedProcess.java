package dev.chassis.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server that ends with the test: a process with a shell beside it that reads from us, and kills it when nothing more can come, because we say so or
 * because this JVM has ended in whatever way. What the server writes is discarded.
 *
 * <pre>{@code
 * try (GuardedProcess moto = GuardedProcess.start(List.of("python3", "-m", "moto.server", "-p", port), directory)) {
 *     moto.awaitReady(() -> answers(port), Duration.ofSeconds(60), () -> "");
 * }
 * }</pre>
 *
 * <p>Needs {@code sh} and {@code kill}. Thread-safe.
 */
public final class GuardedProcess implements AutoCloseable {

    /** Before anything is started: our end is kept for the guard alone. */
    static final String BEGIN = "exec 3<&0";

    private static final String SCRIPT = BEGIN + "; \"$@\" >/dev/null 2>&1 3<&- & server=$!; echo $server; "
            + killedAtTheEnd("$server") + " wait $server";

    private static final long LIMIT_SECONDS = 60;

    private final String name;
    private final Process shell;
    private final long server;

    private GuardedProcess(String name, Process shell, long server) {
        this.name = name;
        this.shell = shell;
        this.server = server;
    }

    /** The part of a script that begins with {@link #BEGIN} which kills these when nothing more can come from us. */
    static String killedAtTheEnd(String processes) {
        return "(read -r end <&3; kill -9 " + processes + ") >/dev/null 2>&1 &";
    }

    /**
     * Starts it; returns at once.
     *
     * @param command the program and its arguments
     * @param directory where it runs
     * @throws UncheckedIOException if there is no shell
     */
    public static GuardedProcess start(List<String> command, Path directory) {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        guarded.addAll(command);
        try {
            Process shell = new ProcessBuilder(guarded)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader output = shell.inputReader(StandardCharsets.UTF_8);
            return new GuardedProcess(command.get(0), shell, Long.parseLong(output.readLine()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns when it answers.
     *
     * @param answers is asked again and again, until it does
     * @param log what the server has written, for the message of a failure
     * @throws IllegalStateException if it has ended, or does not answer within the limit; it is killed then
     */
    public void awaitReady(BooleanSupplier answers, Duration limit, Supplier<String> log) {
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !shell.isAlive() || answers.getAsBoolean());
        } catch (ConditionTimeoutException e) {
            close();
            throw new IllegalStateException(name + " does not answer after " + limit + ": " + log.get(), e);
        }
        if (!shell.isAlive()) {
            close();
            throw new IllegalStateException(name + " ended while it started: " + log.get());
        }
    }

    /**
     * Sends it a signal: {@code TERM}, {@code STOP}, {@code CONT}.
     *
     * @throws IllegalStateException if it has ended
     */
    public void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(server))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + signal + " of " + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Kills it. Returns when it is gone. Idempotent. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already.
        }
        shell.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
}
