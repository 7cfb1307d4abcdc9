package dev.chassis.departure;

import dev.chassis.PlatformConfig;
import dev.chassis.time.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When ECS is asked, and what that leaves of the time until the load balancer cuts connections. The same numbers are in the Terraform module
 * (modules/drain), and {@code terraform-module/contract/vectors.json} tests both. Immutable.
 *
 * @param interval between two questions, on average
 * @param lead from the deregistration until everybody here is told, at the latest, one question having failed; and {@link #MARGIN}
 * @param window in which everybody is gone
 */
record DepartureTiming(Duration interval, Duration lead, Duration window) {

    static final Duration LEAST_WINDOW = Duration.ofSeconds(1);

    /** For the answers to the last close frames, and for the load balancer, which is not told before us. */
    static final Duration MARGIN = Duration.ofSeconds(3);

    private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(20);

    /**
     * All tasks of a service together ask four times a second, and a deployment has twice the tasks. An account is answered about 20 times a
     * second in each region, and deployments ask, too (Amazon ECS API Reference, Request throttling).
     */
    private static final long MILLIS_FOR_EACH_TASK = 250;

    private static final Duration AFTER_DENIAL = Duration.ofMinutes(1);
    private static final int LONGER = 8;

    static DepartureTiming of(DepartureConfig config, PlatformConfig platform) {
        Duration shared =
                Duration.ofMillis(MILLIS_FOR_EACH_TASK * platform.maxTasks().orElse(1));
        Duration interval = shared.compareTo(config.interval()) > 0 ? shared : config.interval();
        Duration lead = longest(interval)
                .plus(interval) // the first retry
                .plus(config.timeout())
                .plus(config.timeout())
                .plus(MARGIN);
        Duration left =
                platform.deregistrationDelay().map(delay -> delay.minus(lead)).orElse(DEFAULT_WINDOW);
        Duration most = left.compareTo(DEFAULT_WINDOW) < 0 ? left : DEFAULT_WINDOW;
        return new DepartureTiming(interval, lead, config.window().orElse(most));
    }

    private static Duration longest(Duration time) {
        return time.plus(Duration.ofNanos(time.toNanos() / 5));
    }

    /** Until the first question: tasks that start together do not ask together. */
    Duration first() {
        return random(interval);
    }

    /** Until the next one, a fifth more or less. */
    Duration next() {
        return jittered(interval);
    }

    /** Until the next one after so many failures. */
    Duration after(int failures) {
        return new Backoff(interval, interval.multipliedBy(LONGER)).delay(failures - 1, ThreadLocalRandom.current());
    }

    Duration afterDenial() {
        return jittered(AFTER_DENIAL);
    }

    private static Duration jittered(Duration time) {
        long fifth = time.toNanos() / 5;
        return time.minusNanos(fifth).plus(random(Duration.ofNanos(2 * fifth)));
    }

    private static Duration random(Duration below) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(below.toNanos()));
    }
}
