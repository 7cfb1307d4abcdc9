package dev.chassis.departure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.chassis.PlatformConfig;
import dev.chassis.config.Configuration;
import dev.chassis.ecs.EcsMetadata;
import dev.chassis.health.Health;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A watch that asks over the wire. */
class DepartureWatchTest {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Queue<Departure> seen = new ConcurrentLinkedQueue<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(DepartureWatch.class);

    @SuppressWarnings("NullAway.Init") // before each test
    private FakeEcs ecs;

    @SuppressWarnings("NullAway.Init") // before each test
    private DepartureWatch watch;

    @BeforeEach
    void begin() throws Exception {
        ecs = new FakeEcs();
        lines.start();
        logger.addAppender(lines);
        watch = watch(ecs, Map.of(EcsMetadata.VARIABLE, ecs.metadata())).onDeparture(seen::add);
        watch.bindTo(meters);
    }

    @AfterEach
    void end() throws Exception {
        watch.stop(Deadline.after(PATIENCE));
        logger.detachAppender(lines);
        ecs.close();
        awaitNoThread();
    }

    static DepartureWatch watch(FakeEcs ecs, Map<String, String> environment, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "chassis.departure.interval", "1s",
                "chassis.departure.timeout", "900ms",
                "chassis.departure.endpoint", ecs.endpoint()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        Configuration configuration = Configuration.load(Map.of(), Map.of(), settings);
        DepartureConfig config = configuration.bind(DepartureConfig.class);
        PlatformConfig platform = configuration.bind(PlatformConfig.class);
        configuration.verify();
        return new DepartureWatch(config, platform, environment);
    }

    @Test
    void theTaskIsAskedForAndItsDepartureIsToldOnce() {
        watch.start(Deadline.after(PATIENCE));
        ecs.awaitQuestions(2);
        assertThat(seen).isEmpty();
        assertThat(meters.get("chassis.departure").gauge().value()).isZero();

        ecs.says("DEACTIVATING", "STOPPED", "Scaling activity initiated by (deployment ecs-svc/1)");

        Awaitility.await("the departure").atMost(PATIENCE).until(() -> threads() == 0 && !seen.isEmpty());
        assertThat(seen).singleElement().satisfies(departure -> {
            assertThat(departure.lastStatus()).isEqualTo("DEACTIVATING");
            assertThat(departure.desiredStatus()).isEqualTo("STOPPED");
            assertThat(departure.reason()).contains("Scaling activity");
            assertThat(departure.window()).isEqualTo(Duration.ofSeconds(20));
        });
        assertThat(ecs.questions()).allSatisfy(question -> {
            assertThat(question.target()).isEqualTo("AmazonEC2ContainerServiceV20141113.DescribeTasks");
            assertThat(question.authorization())
                    .startsWith("AWS4-HMAC-SHA256 Credential=test/")
                    .contains("/eu-west-1/ecs/aws4_request", "x-amz-target");
            assertThat(question.body()).isEqualTo(Map.of("cluster", FakeEcs.CLUSTER, "tasks", List.of(FakeEcs.TASK)));
        });
        assertThat(meters.get("chassis.departure").gauge().value()).isEqualTo(1);
        assertThat(watch.health().status()).isEqualTo(Health.Status.UP);
        assertThat(told(Level.INFO))
                .filteredOn(line -> line.contains("DEACTIVATING"))
                .hasSize(1);
    }

    @Test
    void oneListenerThatFailsKeepsNobodyFromBeingTold() {
        DepartureWatch other = watch(ecs, Map.of(EcsMetadata.VARIABLE, ecs.metadata()))
                .onDeparture(departure -> {
                    throw new IllegalStateException("not now");
                })
                .onDeparture(seen::add);
        ecs.says("RUNNING", "STOPPED", "");
        other.start(Deadline.after(PATIENCE));
        Awaitility.await("the departure").atMost(PATIENCE).until(() -> seen.size() == 1);
    }

    @Test
    void whereTheRoleMayNotAskOneWarningNamesThePermissionAndTheTask() {
        ecs.refuses(400, "AccessDeniedException", "User: arn:aws:sts::1:assumed-role/games is not authorized");
        watch.start(Deadline.after(PATIENCE));
        Awaitility.await("the warning")
                .atMost(PATIENCE)
                .until(() -> !told(Level.WARN).isEmpty());
        assertThat(told(Level.WARN))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("AccessDeniedException", "is not authorized", "ecs:DescribeTasks", FakeEcs.TASK));
        assertThat(watch.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(ecs.questions()).hasSize(1);
        assertThat(meters.get("chassis.departure.failures").functionCounter().count())
                .isEqualTo(1);
    }

    @Test
    void aThrottleIsToldAfterThreeAndOnceAndPasses() {
        ecs.refuses(400, "ThrottlingException", "Rate exceeded");
        watch.start(Deadline.after(PATIENCE));
        ecs.awaitQuestions(2);
        List<String> early = told(Level.WARN);
        assertThat(early.isEmpty() || ecs.questions().size() > 2).isTrue(); // the third may have been answered since
        ecs.awaitQuestions(2);
        assertThat(told(Level.WARN))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("ThrottlingException: Rate exceeded"));
        assertThat(watch.health().status()).isEqualTo(Health.Status.DEGRADED);

        ecs.says("RUNNING", "RUNNING", "");
        Awaitility.await("all is well")
                .atMost(PATIENCE)
                .until(() -> watch.health().status() == Health.Status.UP);
        assertThat(told(Level.INFO)).anyMatch(line -> line.contains("answers again"));
        assertThat(seen).isEmpty();

        ecs.says("DEPROVISIONING", "STOPPED", "");
        Awaitility.await("the departure").atMost(PATIENCE).until(() -> seen.size() == 1);
    }

    @Test
    void whatIsNoAnswerIsNoDeparture() {
        watch.start(Deadline.after(PATIENCE));
        for (String nonsense : List.of(
                "",
                "<html>502</html>",
                "[]",
                "{}",
                "{\"tasks\":[]}",
                "{\"tasks\":[7]}",
                "{\"tasks\":{\"lastStatus\":\"STOPPED\"}}",
                "{\"tasks\":[{\"desiredStatus\":\"STOPPED\"}]}",
                "{\"tasks\":[{\"lastStatus\":{},\"desiredStatus\":\"STOPPED\"}]}",
                "{\"tasks\":[],\"failures\":[{\"arn\":\"x\",\"reason\":\"MISSING\"}]}")) {
            ecs.answers(nonsense.startsWith("<") ? 502 : 200, nonsense);
            ecs.awaitQuestions(1);
            ecs.says("RUNNING", "RUNNING", "");
            ecs.awaitQuestions(1);
        }
        assertThat(seen).isEmpty();
        assertThat(meters.get("chassis.departure.failures").functionCounter().count())
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    void whatECSTellsOfAMissingTaskIsTold() {
        ecs.answers(200, "{\"tasks\":[],\"failures\":[{\"arn\":\"x\",\"reason\":\"MISSING\"}]}");
        watch.start(Deadline.after(PATIENCE));
        Awaitility.await("the warning")
                .atMost(PATIENCE)
                .until(() -> !told(Level.WARN).isEmpty());
        assertThat(told(Level.WARN))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("MISSING", FakeEcs.TASK, FakeEcs.CLUSTER));
    }

    @Test
    void anEcsThatHangsOrDripsIsAskedAgain() {
        ecs.hangs();
        watch.start(Deadline.after(PATIENCE));
        ecs.awaitQuestions(2);
        ecs.drips();
        ecs.awaitQuestions(2);
        ecs.says("DEACTIVATING", "STOPPED", "");
        Awaitility.await("the departure").atMost(PATIENCE).until(() -> seen.size() == 1);
    }

    @Test
    void theStopEndsAQuestionThatHangs() throws Exception {
        DepartureWatch patient =
                watch(ecs, Map.of(EcsMetadata.VARIABLE, ecs.metadata()), "chassis.departure.timeout", "10s");
        ecs.hangs();
        patient.start(Deadline.after(PATIENCE));
        ecs.awaitQuestions(1);
        patient.announce();
        patient.stop(Deadline.after(PATIENCE));
        awaitNoThread();
        assertThat(told(Level.WARN)).isEmpty();
    }

    @Test
    void nobodyIsAskedOnceTheDrainHasBegun() {
        watch.start(Deadline.after(PATIENCE));
        ecs.awaitQuestions(1);
        watch.announce();
        awaitNoThread();
        ecs.says("DEACTIVATING", "STOPPED", "");
        assertThat(seen).isEmpty();
    }

    @Test
    void outsideOfEcsNobodyIsAsked() {
        DepartureWatch local = watch(ecs, Map.of());
        local.start(Deadline.after(PATIENCE));
        assertThat(threads()).isZero();
        assertThat(local.health().status()).isEqualTo(Health.Status.UP);
        assertThat(told(Level.INFO))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(EcsMetadata.VARIABLE));
    }

    private List<String> told(Level level) {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static void awaitNoThread() {
        Awaitility.await("the end of the thread").atMost(PATIENCE).until(() -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("departure-watch"))
                .count();
    }
}
