package dev.chassis.hazelcast;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be set about a Hazelcast pool. Immutable. */
@ConfigMapping(prefix = "chassis.hazelcast")
@Description("Hazelcast: a client of a cluster, or, on request, a member of one.")
public interface HazelcastConfig {

    /** Client or member. */
    @Description("client, or member to hold data in this process. A member makes every deployment move data.")
    @WithDefault("client")
    Mode mode();

    /** The name of the cluster. */
    @Description("The name of the cluster. Members of another name refuse us, and we them.")
    Optional<String> clusterName();

    /** Where members are. */
    @Description("Members as host or host:port (5701). A few are enough; the rest is learned from them.")
    Optional<List<String>> members();

    /** Finding members on ECS. */
    Ecs ecs();

    /** The time an attempt to connect has. */
    @Description("How long one attempt to reach the cluster may take at start, or a member's to join it.")
    @Range(min = "100ms", max = "10m")
    @WithDefault("20s")
    Duration connectTimeout();

    /** How long an operation is tried. */
    @Description(
            "Client: how long an operation is tried again after failures, in whole seconds. One that waits for a member that went"
                    + " silent ends with heartbeat-timeout.")
    @Range(min = "1s", max = "10m")
    @WithDefault("5s")
    Duration invocationTimeout();

    /** What operations do while the cluster is away. */
    @Description(
            "Client: what an operation does while no member is connected: fail at once, or wait up to invocation-timeout.")
    @WithDefault("fail")
    WhileAway whileAway();

    /** Whether writes are sent again. */
    @Description(
            "Client: whether a write is sent again when its connection broke and nobody knows whether it was done. It may then be"
                    + " done twice. Reads always are.")
    @WithDefault("false")
    boolean repeatWrites();

    /** Time between heartbeats. */
    @Description("Client: time between two heartbeats.")
    @Range(min = "100ms", max = "1m")
    @WithDefault("3s")
    Duration heartbeatInterval();

    /** When a silent member is given up. */
    @Description(
            "Client: how long a member may be silent before its connection is closed; bounds operations on a half-open connection.")
    @Range(min = "1s", max = "10m")
    @WithDefault("15s")
    Duration heartbeatTimeout();

    /** The first delay before connecting again. */
    @Description(
            "Client: the mean delay before the second attempt to connect; each further one is twice that, with full jitter.")
    @Range(min = "10ms", max = "1m")
    @WithDefault("200ms")
    Duration reconnectDelay();

    /** The longest delay before connecting again. */
    @Description("Client: the longest mean delay before connecting again. It never gives up.")
    @Range(min = "10ms", max = "10m")
    @WithDefault("5s")
    Duration reconnectMaxDelay();

    /** What the cluster calls this client. */
    @Description("Client: labels by which the cluster's operators see this client, besides the pool's name.")
    Optional<List<String>> labels();

    /** Near caches, by map. */
    @Description("Client: near caches by the name of their map.")
    Map<String, NearCache> nearCaches();

    /** Maps to measure. */
    @Description(
            "Maps whose meters are there from the start; those with a near cache and those the pool was asked for have them anyway.")
    Optional<List<String>> meteredMaps();

    /** Whether readiness depends on it. */
    @Description(
            "Whether the service is of no use without it: a failing ping then turns readiness to 503, in every task at once.")
    @WithDefault("false")
    boolean critical();

    /** A member's own settings. */
    Member member();

    /** Client or member. */
    enum Mode {
        /** Holds no data. */
        CLIENT,
        /** Holds a share of the data. */
        MEMBER
    }

    /** What operations do while the cluster is away. */
    enum WhileAway {
        /** Fail at once with {@code HazelcastClientOfflineException}. */
        FAIL,
        /** Wait up to the invocation timeout. */
        WAIT
    }

    /** Finding members on ECS, by Hazelcast's own plugin; it calls ListTasks and DescribeTasks, which the task role must allow. */
    @Description(
            "Finding members on ECS. Exactly one of service-name and family; without a filter every Hazelcast of the ECS cluster"
                    + " would be found.")
    interface Ecs {

        /** The service the members belong to. */
        @Description("The ECS service whose tasks are members.")
        Optional<String> serviceName();

        /** Their task definition's family. */
        @Description("The family of the task definition whose tasks are members, for tasks without a service.")
        Optional<String> family();

        /** Their ECS cluster. */
        @Description("The ECS cluster they run in; this task's own unless set.")
        Optional<String> cluster();

        /** Their region. */
        @Description("The AWS region they run in; this task's own unless set.")
        Optional<String> region();
    }

    /** A near cache. */
    @Description("A near cache: a copy, in this process, of entries that were read.")
    interface NearCache {

        /** The most entries it holds. */
        @Description("The most entries it holds; then the least recently used goes.")
        @Range(min = "1")
        @WithDefault("10000")
        int maxEntries();

        /** The age at which an entry goes. */
        @Description(
                "The age at which an entry is read anew, in whole seconds; it bounds what a lost invalidation does. 0: never.")
        @Range(min = "0s")
        @WithDefault("5m")
        Duration timeToLive();

        /** Whether a change elsewhere removes the entry. */
        @Description(
                "Whether an entry that was changed by anybody is removed: not with the change but up to 10s after it, as members tell of changes together (hazelcast.map.invalidation.batchfrequency.seconds).")
        @WithDefault("true")
        boolean invalidateOnChange();

        /** Whether entries are kept as objects. */
        @Description(
                "Whether entries are kept as objects rather than bytes: faster to read, and shared, so nobody may change them.")
        @WithDefault("false")
        boolean objects();
    }

    /** A member's own settings. */
    @Description("Settings of a member, where mode is member.")
    interface Member {

        /** The port. */
        @Description(
                "The port it listens on, for members and clients. No other is tried. 0 lets the system choose one.")
        @Range(min = "0", max = "65535")
        @WithDefault("5701")
        int port();

        /** The address others use. */
        @Description(
                "The address, host or host:port, that others reach it by, where that is not the one it listens on.")
        Optional<String> publicAddress();

        /** The interface. */
        @Description("The address to listen on, wildcards allowed (10.0.*.*); chosen by Hazelcast unless set.")
        Optional<String> bindAddress();

        /** How many members there must be. */
        @Description(
                "How many members, this one included, the cluster must have before this one is ready. More than 1 keeps a member"
                        + " that found nobody from serving alone.")
        @Range(min = "1", max = "1000")
        @WithDefault("1")
        int minimumMembers();

        /** The time for the data to be safe. */
        @Description("How long a start waits until every partition has its backups.")
        @Range(min = "0s", max = "30m")
        @WithDefault("30s")
        Duration safeTimeout();

        /** The time to hand its data over. */
        @Description(
                "The longest a stop hands its data over to other members, in whole seconds; the drain's deadline may end it earlier.")
        @Range(min = "1s", max = "1h")
        @WithDefault("60s")
        Duration leaveTimeout();
    }
}
