package dev.chassis.admin;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the admin endpoints are served. */
@ConfigMapping(prefix = "chassis.admin")
@Description("The admin endpoints, on a port of their own that answers while everything else starts and stops.")
public interface AdminConfig {

    /** Whether they are served at all. */
    @Description("Whether the admin endpoints are served. Off, nothing listens on the port.")
    @WithDefault("true")
    boolean enabled();

    /** The address they listen on. */
    @Description(
            "The address the admin endpoints listen on. The default is reached from inside the task only: by its other containers "
                    + "and through ECS Exec. With 0.0.0.0 anyone who reaches the port can read, and still nobody from outside the task can change.")
    @WithDefault("127.0.0.1")
    String host();

    /** The port they listen on. */
    @Description("The port of the admin endpoints; 0 for any that is free.")
    @Range(min = "0", max = "65535")
    @WithDefault("8081")
    int port();
}
