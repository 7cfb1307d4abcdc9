package dev.chassis.ecs;

import dev.chassis.time.Deadline;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint of the agent that protects the task, and what it was told last. {@code told}, {@code failed} and {@code isProtected} are
 * written by the thread that tells it; others may read them.
 */
final class ProtectionState {

    static final String VARIABLE = "ECS_AGENT_URI";

    private static final Logger LOG = LoggerFactory.getLogger(TaskProtection.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final @Nullable String agent;
    private final long minutes;
    private volatile boolean told;
    private volatile boolean failed;
    private volatile boolean isProtected;

    ProtectionState(@Nullable String agent, Duration expiresIn) {
        this.agent = agent == null || agent.isBlank() ? null : agent.strip();
        this.minutes = expiresIn.toMinutes();
    }

    boolean isOffered() {
        return agent != null;
    }

    /** What was wanted when the agent was told last, whether it obeyed or not; at first that nothing is. */
    boolean told() {
        return told;
    }

    /** Whether the agent did not obey when it was told last. */
    boolean hasFailed() {
        return failed;
    }

    boolean isProtected() {
        return isProtected;
    }

    /**
     * Tells the agent. What fails again and again is told once. A release that fails is left to the expiry of the protection; one where nothing
     * was asked for is not sent.
     */
    void tell(boolean wanted) {
        boolean needless = !wanted && !told;
        told = wanted;
        if (needless) {
            return;
        }
        try {
            put(wanted);
            isProtected = wanted;
            if (failed) {
                LOG.info("The agent of ECS protects and releases the task again");
            }
            failed = false;
        } catch (IOException | RuntimeException e) {
            if (!failed) {
                LOG.warn(
                        "The task could not be {}: {}",
                        wanted
                                ? "protected, its work goes on and ECS may end it"
                                : "released, ECS keeps it until the protection expires",
                        e.getMessage());
            }
            failed = true;
        }
    }

    private void put(boolean wanted) throws IOException {
        String body = wanted
                ? "{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":" + minutes + "}"
                : "{\"ProtectionEnabled\":false}";
        Document answer =
                new Agent(Deadline.after(PATIENCE)).put(URI.create(agent + "/task-protection/v1/state"), body);
        if (!answer.object("protection").text("ProtectionEnabled").equals(Boolean.toString(wanted))) {
            throw new IOException("the agent says " + answer.object("failure").text("Reason") + " "
                    + answer.object("failure").text("Detail") + " (expected: protection.ProtectionEnabled " + wanted
                    + ")");
        }
    }
}
