package dev.chassis.outbox;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be set about an outbox. Immutable. Rules between keys are those of {@link Outbox#check}. */
@ConfigMapping(prefix = "chassis.outbox")
@Description("The outbox: messages that wait in the database until the broker has confirmed them.")
public interface OutboxConfig {

    /** Rows read at once. */
    @Description(
            "How many rows are read at once, with their bodies, and so how many messages may be without a confirm.")
    @Range(min = "16", max = "10000")
    @WithDefault("500")
    int batch();

    /** The longest pause between two looks. */
    @Description(
            "How long the relay waits at most before it looks again. What this task itself adds to its own partitions, it finds sooner.")
    @Range(min = "10ms", max = "1m")
    @WithDefault("1s")
    Duration pollInterval();

    /** How long a lease lasts. */
    @Description(
            "How long the partitions of a task that died wait for another. Renewed three times as often; a task whose database is slower"
                    + " than this loses its partitions.")
    @Range(min = "1s", max = "10m")
    @WithDefault("15s")
    Duration lease();

    /** How long a send may go without an answer. */
    @Description(
            "How long the relay waits for the next confirm before it counts what is under way as timed out. More than the publisher's own"
                    + " time-outs together.")
    @Range(min = "100ms", max = "10m")
    @WithDefault("30s")
    Duration sendTimeout();

    /** The first pause of a key. */
    @Description("How long a key waits after its message failed for the first time; doubled with each attempt.")
    @Range(min = "10ms", max = "1h")
    @WithDefault("1s")
    Duration retryMin();

    /** Any pause of a key, at most. */
    @Description("The longest a key waits before its message is tried again.")
    @Range(min = "10ms", max = "1d")
    @WithDefault("5m")
    Duration retryMax();

    /** Age of the oldest row from which on health is degraded. */
    @Description("How old the oldest waiting message may be before the health is degraded.")
    @Range(min = "1s", max = "7d")
    @WithDefault("5m")
    Duration degradedAge();
}
