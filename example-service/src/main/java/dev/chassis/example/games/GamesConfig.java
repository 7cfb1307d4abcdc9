package dev.chassis.example.games;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The rules of the game that may differ between environments. */
@ConfigMapping(prefix = "games")
@Description("The rules of the game.")
public interface GamesConfig {

    /** How many entries a contest takes. */
    @Description("How many entries a contest takes.")
    @Range(min = "1", max = "100000")
    @WithDefault("1000")
    int maxEntries();

    /** How many cricketers a squad has. */
    @Description("How many different cricketers of the two teams a squad has.")
    @Range(min = "1", max = "22")
    @WithDefault("11")
    int squadSize();

    /** How long a live stream may be silent before it sends a heartbeat. */
    @Description(
            "How long a live stream may be silent before it sends a heartbeat. Shorter than the load balancer's idle timeout.")
    @Range(min = "1s", max = "60s")
    @WithDefault("15s")
    Duration heartbeat();
}
