package dev.chassis;

import dev.chassis.config.Configuration;
import dev.chassis.ecs.EcsTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what does not fit between the service and the task it runs in, or cannot be compared because nobody told the service; says it in one
 * line. What contradicts is no matter of this line: {@link PlatformContract} and the parts themselves refuse to start on it.
 *
 * <p>Immutable.
 */
record DeploymentLint(CoreConfig core, Map<String, String> jdbc, boolean servesHttp) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.deployment");

    static DeploymentLint of(CoreConfig core, Configuration configuration, boolean servesHttp) {
        return new DeploymentLint(core, configuration.settings("chassis.jdbc"), servesHttp);
    }

    /** Says it, if there is something to be said; outside of ECS there is not. */
    void tell(Optional<EcsTask> task) {
        List<String> misfits = task.map(this::misfits).orElse(List.of());
        if (!misfits.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("event", "deployment_lint")
                    .addKeyValue("misfits", misfits.size())
                    .log("Service and platform do not fit: {}", String.join("; ", misfits));
        }
    }

    /** Each with the key or option to set. */
    List<String> misfits(EcsTask task) {
        List<String> misfits = new ArrayList<>(LogDriver.misfits(task.container()));
        if (core.platform().stopTimeout().isEmpty()) {
            misfits.add("chassis.platform.stop-timeout is not set, so nobody knows whether a drain of "
                    + core.drain().budget().toSeconds() + "s ends before SIGKILL");
        }
        if (servesHttp && core.http().loadBalancerIdleTimeout().isEmpty()) {
            misfits.add("chassis.http.load-balancer-idle-timeout is not set, so nobody knows whether it is less than"
                    + " chassis.http.keep-alive, " + core.http().keepAlive().toSeconds()
                    + "s, and twice the pings of sockets");
        }
        if (servesHttp && core.platform().deregistrationDelay().isEmpty()) {
            misfits.add("chassis.platform.deregistration-delay is not set, so nobody knows whether requests of "
                    + core.http().requestTimeout().toSeconds() + "s may end");
        }
        if (jdbc.containsKey("url") && !jdbc.containsKey("budget.max-tasks")) {
            misfits.add("chassis.jdbc.budget.max-tasks is not set, so nobody adds up the connections of all tasks");
        }
        return misfits;
    }
}
