package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadBalancerWatchTest {

    private static final Duration QUIET = Duration.ofSeconds(2);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final LoadBalancerWatch watch = new LoadBalancerWatch(nanos::get);

    @Test
    void isQuietWhenNobodyEverProbed() {
        assertThat(watch.quietIn(QUIET)).isZero();
    }

    @Test
    void aSingleProbeCountsAsAnyTraffic() {
        watch.probed();
        pass(500);
        assertThat(watch.quietIn(QUIET)).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void stillProbedMeansStillRegisteredHoweverLongTheInterval() {
        probeEvery(10_000, 5);
        pass(9_000);
        assertThat(watch.quietIn(QUIET)).isEqualTo(Duration.ofMillis(6_000));
    }

    @Test
    void aProbeThatIsOverdueByHalfAnIntervalMeansDeregistered() {
        probeEvery(10_000, 5);
        pass(15_000);
        assertThat(watch.quietIn(QUIET)).isZero();
    }

    @Test
    void nodesThatProbeInTurnDoNotShortenTheInterval() {
        for (int round = 0; round < 4; round++) {
            watch.probed();
            pass(100);
            watch.probed();
            pass(9_900);
        }
        watch.probed();
        assertThat(watch.quietIn(QUIET)).isGreaterThan(Duration.ofSeconds(10));
    }

    @Test
    void aLongPauseIsForgottenAfterAWhile() {
        watch.probed();
        pass(600_000);
        probeEvery(5_000, 60);
        assertThat(watch.quietIn(QUIET)).isEqualTo(Duration.ofMillis(7_500));
    }

    private void probeEvery(long millis, int times) {
        for (int i = 0; i < times; i++) {
            pass(millis);
            watch.probed();
        }
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
