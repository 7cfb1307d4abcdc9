package dev.chassis.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that come, go, hang and fail, all at once and with real threads. */
@Timeout(60)
class HealthRaceTest {

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverRunsACheckTwiceAtOnceWhateverItDoes(long seed) throws Exception {
        HealthRegistry registry = new HealthRegistry(Ticker.system());
        registry.start();
        Wild check = new Wild(new Random(seed));
        registry.register(check);
        for (int i = 0; i < 200; i++) {
            registry.register(new Passing("passing-" + i)).close();
            registry.readings();
        }
        check.enough.get(30, TimeUnit.SECONDS);
        registry.stop();
        assertThat(mostInside).as("seed %s", seed).hasValue(1);
    }

    /** Sometimes it takes longer than it may, and only sometimes it heeds the interruption. */
    private final class Wild implements HealthCheck {

        private final Random random;
        private final CompletableFuture<Void> enough = new CompletableFuture<>();
        private int runs;

        Wild(Random random) {
            this.random = random;
        }

        @Override
        public String name() {
            return "wild";
        }

        @Override
        public Health check() throws Exception {
            mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                if (++runs == 300) {
                    enough.complete(null);
                }
                return behave(random.nextInt(4));
            } finally {
                inside.decrementAndGet();
            }
        }

        private Health behave(int how) throws Exception {
            long until = System.nanoTime() + random.nextInt(3_000_000);
            while (how > 1
                    && System.nanoTime() < until
                    && (how == 3 || !Thread.currentThread().isInterrupted())) {
                Thread.onSpinWait();
            }
            return how == 1 ? Health.down("no") : Health.up();
        }

        @Override
        public Duration interval() {
            return Duration.ofNanos(500_000);
        }

        @Override
        public Duration timeout() {
            return Duration.ofMillis(1);
        }
    }

    private record Passing(String name) implements HealthCheck {

        @Override
        public Health check() {
            return Health.up();
        }
    }
}
