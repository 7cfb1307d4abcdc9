package dev.chassis;

import dev.chassis.config.Configuration;
import dev.chassis.http.HttpConfig;
import dev.chassis.lifecycle.DrainConfig;
import java.time.Duration;

/**
 * The rules between the service's numbers and the platform's. The same rules are in the Terraform module, and one file of vectors
 * ({@code terraform-module/contract/vectors.json}) tests both.
 *
 * <p>Immutable.
 */
record PlatformContract(PlatformConfig platform, DrainConfig drain, HttpConfig http) {

    /** Two seconds of the watchdog, which halts a drain that does not end, and one for the JVM. */
    private static final Duration STOP_MARGIN = Duration.ofSeconds(3);

    /** Remembers every rule that is broken, with both numbers. */
    void check(Configuration configuration) {
        checkStopTimeout(configuration);
        checkRequests(configuration);
        checkAnnounce(configuration);
    }

    private void checkStopTimeout(Configuration configuration) {
        platform.stopTimeout().map(timeout -> timeout.minus(STOP_MARGIN)).ifPresent(most -> {
            if (drain.budget().compareTo(most) > 0) {
                configuration.problem(
                        "chassis.drain.budget",
                        "at most 3s less than chassis.platform.stop-timeout, " + most.toMillis() + "ms");
            }
        });
    }

    /** A deregistration delay tells of a load balancer: what it still waits for, the drain must wait for as well. */
    private void checkRequests(Configuration configuration) {
        platform.deregistrationDelay().ifPresent(delay -> {
            Duration request = http.requestTimeout();
            Duration least = drain.announce().plus(request).plus(drain.close());
            if (request.isZero() || request.compareTo(delay) > 0) {
                configuration.problem(
                        "chassis.http.request-timeout",
                        "above 0 and at most chassis.platform.deregistration-delay, " + delay.toMillis() + "ms");
            } else if (drain.budget().compareTo(least) < 0) {
                configuration.problem(
                        "chassis.drain.budget",
                        "at least chassis.drain.announce + chassis.http.request-timeout + chassis.drain.close, "
                                + least.toMillis() + "ms together");
            }
        });
    }

    private void checkAnnounce(Configuration configuration) {
        platform.unhealthyAfter().ifPresent(least -> {
            if (drain.announce().compareTo(least) < 0) {
                configuration.problem(
                        "chassis.drain.announce",
                        "at least chassis.platform.unhealthy-after, " + least.toMillis() + "ms");
            }
        });
    }
}
