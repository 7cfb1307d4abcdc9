package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    /** A JVM that starts one, and ends when it is killed. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) throws InterruptedException {
            GuardedProcess.start(server(), Path.of(arguments[0]));
            TimeUnit.HOURS.sleep(1);
        }
    }

    @Test
    void itEndsWhenItIsClosed() throws Exception {
        try (GuardedProcess process = GuardedProcess.start(server(), directory)) {
            process.awaitReady(this::hasStarted, LIMIT, () -> "");
            assertThat(server(pid())).isTrue();

            process.close();

            assertThat(server(pid())).isFalse();
            assertThatThrownBy(() -> process.signal("TERM")).isInstanceOf(IllegalStateException.class);
        }
    }

    /** SIGKILL lets no hook run. */
    @Test
    void itEndsWithTheJvmThatStartedItHoweverThatEnds() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await().atMost(LIMIT).until(this::hasStarted);
        assertThat(server(pid())).isTrue();

        jvm.destroyForcibly();

        Awaitility.await().atMost(LIMIT).until(() -> !server(pid()));
    }

    @Test
    void oneThatEndsAtOnceIsToldWithItsLog() {
        GuardedProcess process = GuardedProcess.start(List.of("false"), directory);

        assertThatThrownBy(() -> process.awaitReady(() -> false, LIMIT, () -> "no port"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("false ended while it started: no port");
    }

    private static List<String> server() {
        return List.of("sh", "-c", "echo $$ >pid.new; mv pid.new pid; exec sleep 3600");
    }

    private boolean hasStarted() {
        return Files.exists(directory.resolve("pid"));
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    }

    private static boolean server(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
