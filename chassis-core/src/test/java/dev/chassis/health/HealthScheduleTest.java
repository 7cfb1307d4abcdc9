package dev.chassis.health;

import static dev.chassis.health.Health.Status.DEGRADED;
import static dev.chassis.health.Health.Status.DOWN;
import static dev.chassis.health.Health.Status.UP;
import static dev.chassis.health.TestCheck.INTERVAL;
import static dev.chassis.health.TestCheck.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What time does to a check. No thread runs here: the ticker is turned by hand, and launched runs wait until the test runs them. */
class HealthScheduleTest {

    private static final Duration MOMENT = Duration.ofNanos(1);

    private final ManualTicker ticker = new ManualTicker();
    private final Deque<Runnable> launched = new ArrayDeque<>();
    private final HealthRegistry registry = new HealthRegistry(ticker, (name, run) -> launched.add(run));
    private final TestCheck check = new TestCheck();

    @Test
    void isDownAndSaysSoBeforeTheFirstRun() {
        registry.register(check);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(reading()).isEqualTo(new Reading("db", DOWN, "not yet run", Duration.ofSeconds(1), false, 0));
    }

    @Test
    void beginsTheFirstRunAtOnce() {
        registry.register(check);
        registry.tick();
        assertThat(launched).hasSize(1);
    }

    @Test
    void believesTheFirstSuccess() {
        registered(Health.up("42 connections"));
        assertThat(reading()).isEqualTo(new Reading("db", UP, "42 connections", Duration.ZERO, false, 0));
    }

    @Test
    void believesTheFirstFailure() {
        registered(Health.down("refused"));
        assertThat(reading()).isEqualTo(new Reading("db", DOWN, "refused", Duration.ZERO, false, 1));
    }

    @Test
    void doesNotRunAgainBeforeTheInterval() {
        registered(Health.up());
        assertThat(registry.tick()).isEqualTo(INTERVAL.toNanos());
        ticker.advance(INTERVAL.minus(MOMENT));
        assertThat(registry.tick()).isEqualTo(1);
        assertThat(launched).isEmpty();
    }

    @Test
    void runsAgainAfterTheInterval() {
        registered(Health.up());
        ticker.advance(INTERVAL);
        registry.tick();
        assertThat(launched).hasSize(1);
    }

    @Test
    void staysUpUntilTheThirdFailureInARow() {
        registered(Health.up());
        next(Health.down("refused"));
        next(Health.down("refused"));
        assertThat(reading()).isEqualTo(new Reading("db", UP, "failure 2 of 3: refused", Duration.ZERO, false, 2));
        next(Health.down("refused"));
        assertThat(reading()).isEqualTo(new Reading("db", DOWN, "refused", Duration.ZERO, false, 3));
    }

    @Test
    void oneSuccessSetsTheCountOfFailuresBackToZero() {
        registered(Health.up());
        next(Health.down("refused"));
        next(Health.down("refused"));
        next(Health.up());
        next(Health.down("refused"));
        next(Health.down("refused"));
        assertThat(reading().status()).isEqualTo(UP);
    }

    @Test
    void staysDownUntilTheSecondSuccessInARow() {
        registered(Health.down("refused"));
        next(Health.up());
        assertThat(reading()).isEqualTo(new Reading("db", DOWN, "success 1 of 2", Duration.ZERO, false, 0));
        next(Health.down("refused"));
        next(Health.up());
        assertThat(reading().status()).isEqualTo(DOWN);
        next(Health.up());
        assertThat(reading().status()).isEqualTo(UP);
    }

    @Test
    void showsDegradedAtOnceAndDoesNotCountItAsFailure() {
        registered(Health.up());
        next(Health.degraded("one of two nodes"));
        assertThat(reading()).isEqualTo(new Reading("db", DEGRADED, "one of two nodes", Duration.ZERO, false, 0));
    }

    @Test
    void takesTheMessageOfAnExceptionAsDetail() {
        check.answers(() -> {
            throw new IOException("connection refused\nby peer");
        });
        registry.register(check);
        runNext();
        assertThat(reading().status()).isEqualTo(DOWN);
        assertThat(reading().detail()).isEqualTo("connection refused by peer");
    }

    @Test
    void takesAnErrorAndANullForFailures() {
        check.answers(() -> {
            throw new NoClassDefFoundError();
        });
        registry.register(check);
        runNext();
        assertThat(reading().detail()).isEqualTo("NoClassDefFoundError");
        check.answers(HealthScheduleTest::nothing);
        ticker.advance(INTERVAL);
        runNext();
        assertThat(reading().consecutiveFailures()).isEqualTo(2);
        assertThat(reading().detail()).isEqualTo("returned null instead of a health");
    }

    @Test
    void countsARunThatTakesItsTimeoutAsFailed() {
        registry.register(check);
        registry.tick();
        ticker.advance(TIMEOUT.minus(MOMENT));
        registry.tick();
        assertThat(reading().detail()).isEqualTo("not yet run");
        ticker.advance(MOMENT);
        registry.tick();
        assertThat(reading().detail()).isEqualTo("no answer within PT2S");
    }

    @Test
    void wakesForTheTimeoutOfWhatRunsAndNotForItsInterval() {
        registry.register(check);
        assertThat(registry.tick()).isEqualTo(TIMEOUT.toNanos());
    }

    @Test
    void neverBeginsASecondRunWhileOneHasNotReturned() {
        registry.register(check);
        registry.tick();
        for (int i = 0; i < 10; i++) {
            ticker.advance(INTERVAL);
            registry.tick();
        }
        assertThat(launched).hasSize(1);
    }

    @Test
    void reportsACheckThatIgnoresInterruptionAsStuckAtEveryInterval() {
        registered(Health.up());
        ticker.advance(INTERVAL);
        registry.tick();
        ticker.advance(TIMEOUT);
        registry.tick();
        assertThat(reading().status()).isEqualTo(UP);
        ticker.advance(INTERVAL);
        registry.tick();
        ticker.advance(INTERVAL);
        registry.tick();
        assertThat(reading().status()).isEqualTo(DOWN);
        assertThat(reading().detail()).isEqualTo("stuck: ignores interruption, called 12s ago");
    }

    @Test
    void ignoresWhatAStuckCheckSaysInTheEndAndStartsItAgain() {
        registry.register(check);
        registry.tick();
        Runnable stuck = launched.remove();
        ticker.advance(INTERVAL);
        registry.tick();
        stuck.run();
        assertThat(reading().detail()).isEqualTo("no answer within PT2S");
        registry.tick();
        assertThat(launched).hasSize(1);
    }

    @Test
    void failsByItselfWhenItGrowsTooOld() {
        registered(Health.up());
        ticker.advance(INTERVAL.multipliedBy(3).plus(TIMEOUT));
        assertThat(reading().status()).isEqualTo(UP);
        ticker.advance(MOMENT);
        assertThat(reading().status()).isEqualTo(DOWN);
        assertThat(reading().detail()).isEqualTo("too old: no answer for longer than PT17S");
    }

    @Test
    void countsARunThatCannotBeLaunchedAsFailed() {
        HealthRegistry starved = new HealthRegistry(ticker, (name, run) -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        starved.register(check);
        starved.tick();
        assertThat(starved.readings().get(0).detail()).isEqualTo("unable to create native thread");
        ticker.advance(INTERVAL);
        starved.tick();
        assertThat(starved.readings().get(0).consecutiveFailures()).isEqualTo(2);
    }

    @Test
    void beginsNoRunOfAClosedRegistration() {
        HealthRegistry.Registration registration = registry.register(check);
        registration.close();
        assertThat(registry.tick()).isEqualTo(Long.MAX_VALUE);
        assertThat(launched).isEmpty();
        assertThat(registry.readings()).isEmpty();
    }

    @Test
    void doesNotCallTheCheckOfARunThatWasStoppedBeforeItBegan() {
        AtomicInteger calls = new AtomicInteger();
        check.answers(() -> Health.up("call " + calls.incrementAndGet()));
        HealthRegistry.Registration registration = registry.register(check);
        registry.tick();
        registration.close();
        launched.remove().run();
        assertThat(calls).hasValue(0);
    }

    private void registered(Health first) {
        check.answers(() -> first);
        registry.register(check);
        runNext();
    }

    private void next(Health health) {
        check.answers(() -> health);
        ticker.advance(INTERVAL);
        runNext();
    }

    /** What a check without null analysis may do. */
    @SuppressWarnings("NullAway")
    private static Health nothing() {
        return null;
    }

    private void runNext() {
        registry.tick();
        launched.remove().run();
    }

    private Reading reading() {
        return registry.readings().get(0);
    }
}
