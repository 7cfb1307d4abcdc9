package dev.chassis.example.games;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What may differ between environments. */
@ConfigMapping(prefix = "games")
@Description("The rules of the game, and how it uses its sessions and its cache.")
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

    /** How long a player stays signed in. */
    @Description("How long a player stays signed in after a login.")
    @Range(min = "1s", max = "30d")
    @WithDefault("12h")
    Duration sessionLifetime();

    /** How long the list of contests is cached. */
    @Description("How long the list of contests is cached, in whole seconds; the longest it may be out of date.")
    @Range(min = "1s", max = "1m")
    @WithDefault("2s")
    Duration cacheLifetime();

    /** How long the cache may take. */
    @Description("How long the cache may take to answer; then the database is asked.")
    @Range(min = "1ms", max = "5s")
    @WithDefault("100ms")
    Duration cacheTimeout();

    /** What names in Redis, Hazelcast and RabbitMQ begin with. */
    @Description(
            "What the names of keys in Redis, of maps in Hazelcast, and of exchanges and queues in RabbitMQ begin with, so that services"
                    + " which share them do not meet.")
    @WithDefault("games")
    String prefix();

    /** How long a live stream may be silent before it sends a heartbeat. */
    @Description(
            "How long a live stream may be silent before it sends a heartbeat. Shorter than the load balancer's idle timeout.")
    @Range(min = "1s", max = "60s")
    @WithDefault("15s")
    Duration heartbeat();
}
