package dev.chassis.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.chassis.http.CapturedLog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcsMetadataTest {

    private final CapturedLog log = new CapturedLog(EcsMetadata.class);

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void tellsWhereTheProcessRuns() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            EcsTask task = read(agent.environment()).orElseThrow();

            assertThat(task.id()).isEqualTo("0e5f0b1c2d3e4f5a6b7c8d9e0f1a2b3c");
            assertThat(task.definition()).isEqualTo("orders:42");
            assertThat(task.clusterName()).isEqualTo("games");
            assertThat(task.service()).isEqualTo("orders");
            assertThat(task.availabilityZone()).isEqualTo("eu-west-1b");
            assertThat(task.launchType()).isEqualTo("FARGATE");
            assertThat(task.vcpus()).isEqualTo("0.25");
            assertThat(task.memoryLimitBytes()).hasValue(768L * 1024 * 1024);
            assertThat(task.container().imageDigest()).startsWith("sha256:9f86d081");
            assertThat(task.container().logDriver()).isEqualTo("awslogs");
            assertThat(task.container().logOptions()).containsEntry("max-buffer-size", "25m");
            assertThat(log.events()).isEmpty();
        }
    }

    @Test
    void theLimitOfTheTaskHoldsForAContainerWithoutOne() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.container(FakeAgent.json(200, FakeAgent.CONTAINER.replace("\"Memory\":768", "\"Memory\":0")));

            assertThat(read(agent.environment()).orElseThrow().memoryLimitBytes())
                    .hasValue(1024L * 1024 * 1024);
        }
    }

    @Test
    void withoutLimitsThereIsNone() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.container(FakeAgent.json(200, "{\"Name\":\"orders\"}"));
            agent.task(FakeAgent.json(200, "{\"TaskARN\":\"arn:aws:ecs:eu-west-1:1:task/games/ab\",\"Limits\":null}"));

            EcsTask task = read(agent.environment()).orElseThrow();

            assertThat(task.memoryLimitBytes()).isEmpty();
            assertThat(task.describe()).containsOnlyKeys("task_arn", "container");
        }
    }

    @Test
    void logOptionsThatMayBeSecretAreNotShown() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.container(FakeAgent.json(
                    200, FakeAgent.CONTAINER.replace("\"mode\"", "\"splunk-token\":\"s3cret-token\",\"mode\"")));

            EcsTask task = read(agent.environment()).orElseThrow();

            assertThat(task.describe().toString())
                    .contains("log_option_mode=non-blocking")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void outsideOfEcsNothingIsAskedAndNothingTold() throws Exception {
        assertThat(read(Map.of())).isEmpty();
        assertThat(log.events()).isEmpty();
    }

    @Test
    void aPassingFailureIsTriedAgain() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            AtomicInteger asked = new AtomicInteger();
            agent.task((exchange, body) -> FakeAgent.json(asked.getAndIncrement() == 0 ? 500 : 200, FakeAgent.TASK)
                    .answer(exchange, body));

            assertThat(read(agent.environment())).isPresent();
            assertThat(agent.requests()).hasSize(3);
            assertThat(log.events()).isEmpty();
        }
    }

    @Test
    void anAgentThatFailsIsOneWarningAfterThreeAttempts() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.container(FakeAgent.json(500, "Internal Server Error"));

            assertThat(read(agent.environment())).isEmpty();
            assertThat(agent.requests()).hasSize(3);
            assertThat(warning()).contains("answered 500 (attempt 3)", EcsMetadata.VARIABLE);
        }
    }

    @Test
    void aTaskThatIsMissingIsOneWarningAtOnce() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.task(FakeAgent.json(404, ""));

            assertThat(read(agent.environment())).isEmpty();
            assertThat(agent.requests()).hasSize(2);
            assertThat(warning()).contains("/task answered 404 (attempt 1)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[1]", "{\"TaskARN\":", "{}", "{\"TaskARN\":{}}", "null"})
    void garbageIsOneWarning(String garbage) throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.task(FakeAgent.json(200, garbage));

            assertThat(read(agent.environment())).isEmpty();
            assertThat(warning()).contains("(expected: ");
        }
    }

    @Test
    void silenceIsOneWarning() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.container(agent.silence());

            assertThat(read(agent.environment())).isEmpty();
            assertThat(warning()).contains("did not answer in time");
        }
    }

    @Test
    void anAnswerThatDripsIsOneWarning() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.container((exchange, body) -> {
                exchange.sendResponseHeaders(200, 0);
                for (int i = 0; i < 10_000; i++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            });

            assertThat(read(agent.environment())).isEmpty();
            assertThat(warning()).contains("did not answer in time");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not an address", "file:///etc/hostname", "http://127.0.0.1:1"})
    void anAddressThatLeadsNowhereIsOneWarning(String address) throws Exception {
        assertThat(read(Map.of(EcsMetadata.VARIABLE, address))).isEmpty();
        assertThat(warning()).contains(address);
    }

    private String warning() {
        assertThat(log.events()).hasSize(1);
        assertThat(log.events().get(0).getLevel()).isEqualTo(Level.WARN);
        return log.events().get(0).getFormattedMessage();
    }

    private static Optional<EcsTask> read(Map<String, String> environment) throws Exception {
        return EcsMetadata.read(environment).toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
}
