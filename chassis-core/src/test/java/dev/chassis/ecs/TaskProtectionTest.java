package dev.chassis.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.chassis.http.CapturedLog;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskProtectionTest {

    private static final String PATH = "/api/agent/task-protection/v1/state";
    private static final String ON = "PUT " + PATH + " {\"ProtectionEnabled\":true,\"ExpiresInMinutes\":15}";
    private static final String OFF = "PUT " + PATH + " {\"ProtectionEnabled\":false}";
    private static final Duration LONG = Duration.ofHours(1);

    private final CapturedLog log = new CapturedLog(TaskProtection.class);

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void theFirstLeaseProtectsAndTheLastReleases() throws Exception {
        try (FakeAgent agent = protecting()) {
            TaskProtection protection = started(agent, LONG, LONG);

            TaskProtection.Lease first = protection.hold();
            await().until(protection::isProtected);
            TaskProtection.Lease second = protection.hold();
            first.close();
            first.close();
            assertThat(protection.inFlight()).isEqualTo(1);
            assertThat(protection.isProtected()).isTrue();
            second.close();
            await().until(() -> !protection.isProtected());

            stop(protection);
            assertThat(agent.requests()).containsExactly(ON, OFF);
        }
    }

    @Test
    void itIsRenewedWhileThereAreLeases() throws Exception {
        try (FakeAgent agent = protecting()) {
            TaskProtection protection = started(agent, Duration.ofMillis(20), LONG);

            TaskProtection.Lease lease = protection.hold();
            await().until(() -> agent.requests().size() >= 4);
            lease.close();
            stop(protection);

            assertThat(agent.requests()).endsWith(OFF);
            assertThat(agent.requests().subList(0, agent.requests().size() - 1)).containsOnly(ON);
        }
    }

    @Test
    void whatChangesWhileTheAgentAnswersIsToldOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (FakeAgent agent = protecting()) {
            agent.on(PATH, (exchange, body) -> {
                asked.countDown();
                awaitQuietly(answer);
                obey(body).answer(exchange, body);
            });
            TaskProtection protection = started(agent, LONG, LONG);
            TaskProtection.Lease lease = protection.hold();
            asked.await();
            for (int i = 0; i < 100; i++) {
                lease.close();
                lease = protection.hold();
            }
            answer.countDown();
            await().until(protection::isProtected);
            lease.close();
            await().until(() -> !protection.isProtected());

            stop(protection);
            assertThat(agent.requests()).containsExactly(ON, OFF);
        }
    }

    @Test
    void aRefusalIsToldOnceAndTriedAgainAndWorkGoesOn() throws Exception {
        String refusal = "{\"requestID\":\"1\",\"error\":{\"Arn\":\"arn:aws:ecs:eu-west-1:1:task/games/ab\","
                + "\"Code\":\"AccessDeniedException\",\"Message\":\"not authorized to perform: ecs:UpdateTaskProtection\"}}";
        AtomicReference<FakeAgent.Behaviour> behaviour = new AtomicReference<>(FakeAgent.json(400, refusal));
        try (FakeAgent agent = protecting()) {
            agent.on(
                    PATH,
                    (exchange, body) -> Objects.requireNonNull(behaviour.get()).answer(exchange, body));
            TaskProtection protection = started(agent, LONG, Duration.ofMillis(20));

            try (TaskProtection.Lease lease = protection.hold()) {
                await().until(() -> agent.requests().size() >= 3);
                behaviour.set((exchange, body) -> obey(body).answer(exchange, body));
                await().until(protection::isProtected);
            }
            stop(protection);

            assertThat(lines(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("AccessDeniedException", "UpdateTaskProtection", "its work goes on");
            assertThat(lines(Level.INFO)).singleElement().asString().contains("again");
        }
    }

    /** The agent answers 200 when ECS itself refuses. */
    @Test
    void aFailureInsideAnAnswerIsOne() throws Exception {
        try (FakeAgent agent = protecting()) {
            agent.on(
                    PATH,
                    FakeAgent.json(
                            200,
                            "{\"requestID\":\"1\",\"failure\":{\"Arn\":\"arn\",\"Detail\":null,\"Reason\":\"DEPLOYMENT_BLOCKED\"}}"));
            TaskProtection protection = started(agent, LONG, LONG);

            protection.hold();
            await().until(() -> !lines(Level.WARN).isEmpty());

            assertThat(lines(Level.WARN)).singleElement().asString().contains("DEPLOYMENT_BLOCKED");
            assertThat(protection.isProtected()).isFalse();
            stop(protection);
        }
    }

    @Test
    void aDrainReleasesAtOnceAndWaitsForTheWork() throws Exception {
        try (FakeAgent agent = protecting()) {
            TaskProtection protection = started(agent, LONG, LONG);
            TaskProtection.Lease lease = protection.hold();
            await().until(protection::isProtected);

            protection.announce();
            await().until(() -> !protection.isProtected());
            CompletionStage<Void> drained = protection.drain();

            assertThat(drained.toCompletableFuture()).isNotDone();
            assertThat(protection.inFlight()).isEqualTo(1);
            lease.close();
            assertThat(drained.toCompletableFuture()).isDone();
            stop(protection);
            assertThat(agent.requests()).containsExactly(ON, OFF);
        }
    }

    @Test
    void whatIsHeldWhenItIsStoppedIsReleased() throws Exception {
        try (FakeAgent agent = protecting()) {
            TaskProtection protection = started(agent, LONG, LONG);
            protection.hold();
            await().until(protection::isProtected);

            stop(protection);

            assertThat(agent.requests()).containsExactly(ON, OFF);
        }
    }

    @Test
    void outsideOfEcsLeasesAreCountedAndNothingIsTold() throws Exception {
        TaskProtection protection = new TaskProtection(config("15m"), Map.of(), LONG, LONG);
        protection.start(Deadline.after(LONG));

        TaskProtection.Lease lease = protection.hold();

        assertThat(protection.inFlight()).isEqualTo(1);
        assertThat(protection.isProtected()).isFalse();
        lease.close();
        assertThat(protection.drain().toCompletableFuture()).isDone();
        stop(protection);
        assertThat(log.events()).isEmpty();
    }

    @Test
    void metersTellLeasesAndProtection() throws Exception {
        try (FakeAgent agent = protecting()) {
            TaskProtection protection = started(agent, LONG, LONG);
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            protection.bindTo(meters);

            protection.hold();
            protection.hold();
            await().until(protection::isProtected);

            assertThat(meters.get("chassis.task.protection.leases").gauge().value())
                    .isEqualTo(2);
            assertThat(meters.get("chassis.task.protection").gauge().value()).isEqualTo(1);
            stop(protection);
        }
    }

    @Test
    void theAgentTakesWholeMinutes() {
        List<String> problems = new ArrayList<>();

        new TaskProtection(config("90s"), Map.of(), LONG, LONG)
                .check((key, expected) -> problems.add(key + ": " + expected));
        new TaskProtection(config("2h"), Map.of(), LONG, LONG).check((key, expected) -> problems.add("none"));

        assertThat(problems).containsExactly("chassis.task-protection.expires-in: whole minutes");
    }

    private static FakeAgent protecting() throws Exception {
        FakeAgent agent = new FakeAgent();
        agent.on(PATH, (exchange, body) -> obey(body).answer(exchange, body));
        return agent;
    }

    private static FakeAgent.Behaviour obey(String body) {
        boolean on = body.contains("\"ProtectionEnabled\":true");
        String expiry = on ? "\"ExpirationDate\":\"2026-11-20T10:15:00Z\"," : "";
        return FakeAgent.json(
                200,
                "{\"requestID\":\"1\",\"protection\":{" + expiry + "\"ProtectionEnabled\":" + on
                        + ",\"TaskArn\":\"arn:aws:ecs:eu-west-1:1:task/games/ab\"}}");
    }

    private static TaskProtection started(FakeAgent agent, Duration renewal, Duration retry) {
        TaskProtection protection = new TaskProtection(config("15m"), agent.environment(), renewal, retry);
        protection.start(Deadline.after(LONG));
        return protection;
    }

    private static void stop(TaskProtection protection) throws InterruptedException {
        protection.stop(Deadline.after(Duration.ofSeconds(30)));
    }

    private static TaskProtectionConfig config(String expiresIn) {
        Duration duration = Duration.parse("PT" + expiresIn);
        return () -> duration;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> lines(Level level) {
        return log.events().stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
