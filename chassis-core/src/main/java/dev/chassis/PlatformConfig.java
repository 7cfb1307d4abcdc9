package dev.chassis;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** What the platform was told about this service, so that the two cannot disagree unnoticed. Set by the Terraform module. */
@ConfigMapping(prefix = "chassis.platform")
@Description(
        "What the platform was told about this service, set by the Terraform module. The service compares it with its own numbers and"
                + " refuses to start on a contradiction; what is not set is not compared.")
public interface PlatformConfig {

    /** From SIGTERM to SIGKILL. */
    @Description(
            "The container's stopTimeout, from SIGTERM to SIGKILL: at least 3s longer than chassis.drain.budget, for the watchdog and the"
                    + " end of the JVM.")
    @Range(min = "1s", max = "1h")
    Optional<Duration> stopTimeout();

    /** How long the load balancer lets requests of a target finish. */
    @Description(
            "The target group's deregistration delay: at least chassis.http.request-timeout, which must fit into the drain, too.")
    @Range(min = "0s", max = "1h")
    Optional<Duration> deregistrationDelay();

    /** How long requests may still come after SIGTERM. */
    @Description(
            "How long after readiness fails requests may still come, where they do (Spot, Service Connect): unhealthy threshold × interval"
                    + " + timeout of the health check. At most chassis.drain.announce.")
    @Range(min = "0s", max = "1h")
    Optional<Duration> unhealthyAfter();

    /** How many tasks there may be. */
    @Description("The most tasks of the service, by which those that ask AWS again and again do so the less often.")
    @Range(min = "1", max = "10000")
    Optional<Integer> maxTasks();
}
