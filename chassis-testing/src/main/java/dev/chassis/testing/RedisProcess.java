package dev.chassis.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A process of redis-server. A shell beside it reads from us, and kills it when nothing more can come: when we say so, or this JVM has
 * ended in whatever way. It lives as long as the server.
 */
final class RedisProcess {

    private static final String SCRIPT = "exec 3<&0; \"$@\" >/dev/null 2>&1 3<&- & server=$!; echo $server;"
            + " (read -r end <&3; kill -9 $server) >/dev/null 2>&1 & wait $server";

    private static final long LIMIT_SECONDS = 20;

    private final Process shell;
    private final long server;
    private final RedisFiles files;

    private RedisProcess(Process shell, long server, RedisFiles files) {
        this.shell = shell;
        this.server = server;
        this.files = files;
    }

    static RedisProcess start(List<String> command, RedisFiles files) {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        guarded.addAll(command);
        try {
            Process shell = new ProcessBuilder(guarded)
                    .directory(files.directory().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader output = shell.inputReader(StandardCharsets.UTF_8);
            long server = Long.parseLong(output.readLine());
            return new RedisProcess(shell, server, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady(BooleanSupplier answers, Duration limit) {
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !shell.isAlive() || answers.getAsBoolean());
        } catch (ConditionTimeoutException e) {
            kill();
            throw new IllegalStateException("redis-server does not answer after " + limit + ": " + files.log(), e);
        }
        if (!shell.isAlive()) {
            kill();
            throw new IllegalStateException("redis-server ended: " + files.log());
        }
    }

    /** Returns when it is gone. Idempotent. The end of its input makes the shell beside it kill it. */
    void kill() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already.
        }
        shell.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(server))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " of redis-server failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
