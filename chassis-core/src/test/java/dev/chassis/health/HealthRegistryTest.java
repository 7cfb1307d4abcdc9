package dev.chassis.health;

import static dev.chassis.health.Health.Status.DEGRADED;
import static dev.chassis.health.Health.Status.DOWN;
import static dev.chassis.health.Health.Status.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The registry with its real threads. */
@Timeout(60)
class HealthRegistryTest {

    private final HealthRegistry registry = new HealthRegistry(Ticker.system());

    @AfterEach
    void stop() {
        registry.stop();
    }

    @Test
    void hasAResultOfEveryCheckAfterTheFirstRuns() throws Exception {
        registry.register(new TestCheck("good", false));
        registry.register(new TestCheck("bad", false).answers(() -> Health.down("refused")));
        registry.start();
        assertThat(registry.awaitFirst(Deadline.after(Duration.ofSeconds(20)))).isTrue();
        assertThat(registry.readings()).extracting(Reading::name).containsExactly("bad", "good");
        assertThat(registry.readings()).extracting(Reading::status).containsExactly(DOWN, UP);
    }

    @Test
    void runsACheckThatIsRegisteredAfterTheStart() throws Exception {
        registry.start();
        registry.register(new TestCheck());
        assertThat(registry.awaitFirst(Deadline.after(Duration.ofSeconds(20)))).isTrue();
    }

    @Test
    void doesNotWaitForFirstRunsPastTheDeadline() throws Exception {
        registry.register(new TestCheck()); // and never started
        assertThat(registry.awaitFirst(Deadline.after(Duration.ofMillis(1)))).isFalse();
    }

    @Test
    void runsEachCheckOnADaemonThreadWithItsName() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        registry.register(new TestCheck().answers(() -> {
            thread.complete(Thread.currentThread());
            return Health.up();
        }));
        registry.start();
        assertThat(thread.get(20, TimeUnit.SECONDS).getName()).isEqualTo("health-db");
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    void interruptsAHangingCheckAndDelaysNobodyForIt() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        registry.register(new HangingCheck(interrupted));
        registry.register(new TestCheck("other", false));
        registry.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> statusOf("other") == UP);
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> detailOf("hanging").equals("no answer within PT0.05S"));
    }

    @Test
    void runsAgainAndAgain() {
        AtomicInteger runs = new AtomicInteger();
        registry.register(new QuickCheck(runs));
        registry.start();
        await().atMost(Duration.ofSeconds(30)).untilAtomic(runs, org.hamcrest.Matchers.greaterThan(5));
    }

    @Test
    void interruptsWhatRunsWhenItStopsAndBeginsNothingMore() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        registry.register(new TestCheck().answers(() -> {
            entered.countDown();
            return hang(interrupted);
        }));
        registry.start();
        entered.await();
        registry.stop();
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void asksComponentsWhenReadAndTakesAnExceptionForDown() {
        registry.register("queue", () -> Health.degraded("behind"));
        registry.register("cache", () -> {
            throw new IllegalStateException("broken");
        });
        assertThat(registry.readings())
                .containsExactly(
                        new Reading("cache", DOWN, "broken", Duration.ZERO, false, 0),
                        new Reading("queue", DEGRADED, "behind", Duration.ZERO, false, 0));
    }

    @Test
    void makesOneReadingTheWorseOfAComponentAndItsCheck() throws Exception {
        registry.register("db", () -> Health.down("pool closed"));
        registry.register(new TestCheck("db", true));
        registry.start();
        registry.awaitFirst(Deadline.after(Duration.ofSeconds(20)));
        assertThat(registry.readings()).hasSize(1);
        assertThat(registry.readings().get(0)).returns(DOWN, Reading::status).returns("pool closed", Reading::detail);
    }

    @Test
    void refusesASecondCheckOrComponentOfAName() {
        registry.register(new TestCheck());
        registry.register("db", Health::up);
        assertThatThrownBy(() -> registry.register(new TestCheck()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"db\" is registered twice");
        assertThatThrownBy(() -> registry.register("db", Health::up))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"db\" is registered twice");
    }

    @Test
    void refusesSettingsOutOfRangeNamingCheckValueAndRange() {
        assertThatThrownBy(() -> new CheckSettings("db", false, Duration.ZERO, Duration.ofSeconds(1), 1, 1))
                .hasMessage("interval of health check db: PT0S (expected: more than zero, at most PT24H)");
        assertThatThrownBy(() -> new CheckSettings("db", false, Duration.ofDays(2), Duration.ofSeconds(1), 1, 1))
                .hasMessage("interval of health check db: PT48H (expected: more than zero, at most PT24H)");
        assertThatThrownBy(() -> new CheckSettings("db", false, Duration.ofSeconds(1), Duration.ofSeconds(1), 0, 1))
                .hasMessage("failuresToDown of health check db: 0 (expected: 1 or more)");
    }

    @Test
    void hasOneLife() {
        registry.start();
        assertThatThrownBy(registry::start).isInstanceOf(IllegalStateException.class);
        registry.stop();
        registry.stop();
        assertThatThrownBy(registry::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> registry.register(new TestCheck())).isInstanceOf(IllegalStateException.class);
    }

    private Health.Status statusOf(String name) {
        return reading(name).status();
    }

    private String detailOf(String name) {
        return reading(name).detail();
    }

    private Reading reading(String name) {
        return registry.readings().stream()
                .filter(reading -> reading.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Health hang(CompletableFuture<Boolean> interrupted) {
        try {
            new CountDownLatch(1).await();
            return Health.up();
        } catch (InterruptedException e) {
            interrupted.complete(true);
            return Health.down("interrupted");
        }
    }

    private record HangingCheck(CompletableFuture<Boolean> interrupted) implements HealthCheck {

        @Override
        public String name() {
            return "hanging";
        }

        @Override
        public Health check() {
            return hang(interrupted);
        }

        @Override
        public Duration timeout() {
            return Duration.ofMillis(50);
        }
    }

    private record QuickCheck(AtomicInteger runs) implements HealthCheck {

        @Override
        public String name() {
            return "quick";
        }

        @Override
        public Health check() {
            runs.incrementAndGet();
            return Health.up();
        }

        @Override
        public Duration interval() {
            return Duration.ofMillis(1);
        }
    }
}
