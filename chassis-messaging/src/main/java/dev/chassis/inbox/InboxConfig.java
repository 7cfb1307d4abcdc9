package dev.chassis.inbox;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be set about an inbox. Immutable. */
@ConfigMapping(prefix = "chassis.inbox")
@Description("The inbox: which messages have been handled before.")
public interface InboxConfig {

    /** What happens to a delivery without a message-id. */
    enum WithoutId {
        /** It becomes a dead letter. */
        DEAD_LETTER,
        /** It is handled each time it is delivered. */
        HANDLE
    }

    /** What happens to a delivery without a message-id. */
    @Description(
            "What happens to a delivery without a message-id, which nobody can recognise: dead-letter keeps it for a human, handle handles it"
                    + " each time it is delivered.")
    @WithDefault("dead-letter")
    WithoutId withoutId();

    /** How long a message is remembered. */
    @Description(
            "How long a handled message is remembered. Longer than anything may keep one back: an outage, a dead letter that is replayed.")
    @Range(min = "1m", max = "365d")
    @WithDefault("7d")
    Duration retention();

    /** How often old ones are forgotten. */
    @Description("How often messages older than that are deleted.")
    @Range(min = "1s", max = "1d")
    @WithDefault("10m")
    Duration cleanUp();

    /** How long a claim holds. */
    @Description(
            "How long a claim holds, where the store has claims instead of transactions. Longer than a handler takes, or it may be run twice.")
    @Range(min = "1s", max = "1h")
    @WithDefault("2m")
    Duration claim();

    /** How long a delivery waits that somebody else is handling. */
    @Description("How long a delivery waits for its next attempt when the same message is being handled elsewhere.")
    @Range(min = "10ms", max = "10m")
    @WithDefault("5s")
    Duration busyDelay();
}
