package dev.chassis;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much work may go on behind the requests. */
@ConfigMapping(prefix = "chassis.background")
@Description("How much work may go on behind the requests.")
interface BackgroundConfig {

    /** How many tasks run at once. */
    @Description("How many background tasks run at once.")
    @Range(min = "1", max = "10000")
    @WithDefault("32")
    int maxConcurrent();

    /** How many more may wait. */
    @Description("How many background tasks may wait beyond those that run; one more is refused.")
    @Range(min = "0", max = "1000000")
    @WithDefault("1000")
    int maxWaiting();
}
