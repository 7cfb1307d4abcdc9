package dev.chassis.ecs;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long work protects its task. */
@ConfigMapping(prefix = "chassis.task-protection")
@Description(
        "Protection of the ECS task from scale-in and deployments while long work runs; of services that add a TaskProtection.")
public interface TaskProtectionConfig {

    /** How long a protection lasts that nobody renews. */
    @Description(
            "How long a protection lasts that is not renewed, in whole minutes. It is renewed after half of that, so this is how long a task"
                    + " that hangs keeps itself alive.")
    @Range(min = "1m", max = "48h")
    @WithDefault("15m")
    Duration expiresIn();
}
