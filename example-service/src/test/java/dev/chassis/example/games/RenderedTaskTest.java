package dev.chassis.example.games;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.devservices.DevServices;
import dev.chassis.testing.Require;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, with exactly the environment of the task definition that Terraform renders. */
@Timeout(180)
class RenderedTaskTest {

    private static final int BAD_CONFIG = 78;

    @RegisterExtension
    final Playground playground = new Playground();

    @TempDir
    Path directory;

    private final RenderedTask task = new RenderedTask();
    private final CloudWatchAnswers cloudWatch = cloudWatch();

    @SuppressWarnings("NullAway.Init") // by start, in each test
    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
        cloudWatch.close();
    }

    @Test
    void itBecomesReadyAndDrainsWithinTheRenderedStopTimeout() throws Exception {
        start(task.environment(playground));
        Awaitility.await()
                .atMost(120, TimeUnit.SECONDS)
                .until(() -> !process.isAlive() || output().contains("\"event\":\"ready\""));
        assertThat(process.isAlive()).as(output()).isTrue();
        Awaitility.await("what the policy for bursts follows")
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> cloudWatch.has("Chassis", "RequestsInFlightShare", "platform-games", "prod", "Percent"));

        process.destroy(); // SIGTERM

        assertThat(process.waitFor(task.stopTimeout().toSeconds(), TimeUnit.SECONDS))
                .as("ended before SIGKILL: %s", output())
                .isTrue();
        assertThat(process.exitValue()).as(output()).isZero();
        assertThat(output()).contains("\"event\":\"drain_report\"").contains("\"verdict\":\"clean\"");
    }

    @Test
    void aContradictionIsRefusedWithBothNumbers() throws Exception {
        Map<String, String> environment = task.environment(playground);
        String budget = environment.get("CHASSIS_DRAIN_BUDGET");
        environment.put("CHASSIS_PLATFORM_STOP_TIMEOUT", "20s");

        start(environment);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output()).isTrue();
        assertThat(process.exitValue()).as(output()).isEqualTo(BAD_CONFIG);
        assertThat(output())
                .contains("chassis.drain.budget = \\\"" + budget + "\\\"", "chassis.platform.stop-timeout", "17000ms")
                .doesNotContain("\"event\":\"ready\"");
    }

    private static CloudWatchAnswers cloudWatch() {
        try {
            return new CloudWatchAnswers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ports, names and the address of CloudWatch are the machine's, which others share; region and credentials are what ECS gives. Everything else
     * is the task's.
     */
    private void start(Map<String, String> environment) throws IOException {
        Require.server(DevServices.HAZELCAST);
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                PlatformGames.class.getName(),
                "--chassis.http.port=0",
                "--chassis.admin.port=0",
                "--chassis.log.format=json",
                "--chassis.cloudwatch.endpoint=" + cloudWatch.endpoint(),
                "--chassis.hazelcast.cluster-name="
                        + Require.server(DevServices.HAZELCAST).username()));
        playground.names().forEach((key, value) -> command.add("--" + key + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        process = builder.start();
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }
}
