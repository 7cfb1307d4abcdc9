package dev.chassis.redis;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.Secret;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be set about a Redis pool. Immutable. Rules between keys are those of {@link RedisPool#check}. */
@ConfigMapping(prefix = "chassis.redis")
@Description("Redis: one connection that everybody shares, and a few that are lent.")
public interface RedisConfig {

    /** How servers are found. */
    enum Mode {
        /** One address, which may move to another server by DNS. */
        STANDALONE,
        /** Sentinels tell which server is the master. */
        SENTINEL,
        /** Redis Cluster: keys are spread over nodes that tell each other's addresses. */
        CLUSTER
    }

    /** How servers are found. */
    @Description("How servers are found: standalone, sentinel or cluster.")
    @WithDefault("standalone")
    Mode mode();

    /** The address. */
    @Description(
            "The address, redis://host:port, or rediss://host:port for TLS. Standalone, or the configuration endpoint of a cluster."
                    + " Nothing else belongs in it: user, password and database have keys of their own.")
    Optional<String> url();

    /** Sentinels or nodes. */
    @Description("The sentinels, or some nodes of the cluster, each host:port.")
    Optional<List<String>> nodes();

    /** The sentinels' name of the master. */
    @Description("What the sentinels call the master; with mode sentinel only.")
    Optional<String> masterId();

    /** The user. */
    @Description("The ACL user; none for the default user.")
    Optional<String> username();

    /** The password. */
    @Description("The password of the user.")
    Optional<Secret<String>> password();

    /** The database. */
    @Description("The number of the database; a cluster has only 0.")
    @Range(min = "0", max = "1000000")
    @WithDefault("0")
    int database();

    /** What the server calls us. */
    @Description("The name of our connections in the server's CLIENT LIST. By default the service's name.")
    Optional<String> clientName();

    /** TLS. */
    Tls tls();

    /** How long a command may take. */
    @Description(
            "How long a command may take before its caller gets RedisCommandTimeoutException. The server may still execute it.")
    @Range(min = "1ms", max = "10m")
    @WithDefault("1s")
    Duration commandTimeout();

    /** How long connecting may take. */
    @Description("How long opening a TCP connection may take; TLS and AUTH have the same time again.")
    @Range(min = "1ms", max = "1m")
    @WithDefault("2s")
    Duration connectTimeout();

    /** Commands without an answer, at most. */
    @Description("How many commands of one connection may be without an answer; one more is rejected at once.")
    @Range(min = "1", max = "1000000")
    @WithDefault("10000")
    int requestQueueSize();

    /** The first delay before a reconnect, at most. */
    @Description(
            "The longest the first reconnect is delayed; doubled with each attempt, and always a random part of it.")
    @Range(min = "1ms")
    @WithDefault("50ms")
    Duration reconnectMin();

    /** Any delay before a reconnect, at most. */
    @Description("The longest any reconnect is delayed.")
    @Range(min = "1ms", max = "5m")
    @WithDefault("5s")
    Duration reconnectMax();

    /** How long sent bytes may stay unacknowledged. */
    @Description(
            "How long sent bytes may stay unacknowledged before the kernel closes the connection (TCP_USER_TIMEOUT). Needs netty's epoll.")
    @Range(min = "1s", max = "10m")
    @WithDefault("30s")
    Duration tcpUserTimeout();

    /** How often the nodes of a cluster are asked for each other. */
    @Description(
            "How often the nodes of a cluster are asked for its topology, besides each time that a redirect or a lost node says it changed.")
    @Range(min = "1s", max = "1h")
    @WithDefault("30s")
    Duration topologyRefresh();

    /** Event loops. */
    @Description("How many event-loop threads there are. One serves many connections; Lettuce has two at least.")
    @Range(min = "2", max = "256")
    @WithDefault("2")
    int ioThreads();

    /** How often credentials of a provider are renewed on open connections. */
    @Description(
            "How often connections log in again with what the credentials provider then says, less up to a tenth at random. ElastiCache"
                    + " closes connections of IAM users after 12h without.")
    @Range(min = "10ms", max = "11h")
    @WithDefault("6h")
    Duration reauthenticate();

    /** The first connect waits for a random part of this. */
    @Description("The start waits for a random part of this, so that many tasks do not connect at the same moment.")
    @Range(min = "0s", max = "1m")
    @WithDefault("0s")
    Duration startSpread();

    /** Whether readiness depends on it. */
    @Description(
            "Whether the service is not ready while Redis does not answer. Then a failure of Redis takes every task out of the load"
                    + " balancer at once.")
    @WithDefault("false")
    boolean critical();

    /** Pings. */
    Ping ping();

    /** Connections that are lent. */
    Leases leases();

    /** The bus. */
    Bus bus();

    /** TLS. */
    @Description("TLS. The certificate and the host name in it are always checked.")
    interface Tls {

        /** Whether sentinels or nodes speak TLS. */
        @Description("Whether the addresses in nodes speak TLS; a url says so itself, by rediss://.")
        @WithDefault("false")
        boolean enabled();

        /** The authorities to trust. */
        @Description("The PEM file with the certificates of the authorities to trust; by default those of the JVM.")
        Optional<String> caFile();
    }

    /** Pings. */
    @Description("Pings find connections whose other end is gone without a word, and tell the health.")
    interface Ping {

        /** The time between two. */
        @Description("The time between two pings.")
        @Range(min = "10ms", max = "1m")
        @WithDefault("5s")
        Duration interval();

        /** How many must fail. */
        @Description("How many pings in a row must time out before the connection is closed and opened anew.")
        @Range(min = "1", max = "100")
        @WithDefault("2")
        int failures();
    }

    /** Connections that are lent. */
    @Description("Connections of their own, for transactions and blocking commands. Opened when first needed.")
    interface Leases {

        /** How many. */
        @Description("How many there may be at once.")
        @Range(min = "1", max = "1000")
        @WithDefault("8")
        int max();

        /** How long to wait for one. */
        @Description("How long a borrower waits for one to be given back.")
        @Range(min = "0s", max = "1m")
        @WithDefault("2s")
        Duration borrowTimeout();
    }

    /** The bus. */
    @Description("The bus between the tasks of a service, over pub/sub.")
    interface Bus {

        /** What channels begin with. */
        @Description(
                "What the names of our channels begin with, so that services which share a server do not hear each other. By default the"
                        + " service's name and a colon.")
        Optional<String> channelPrefix();

        /** Messages that wait for a subscriber. */
        @Description(
                "How many messages may wait for one subscriber; more are dropped, and it is told that there is a gap.")
        @Range(min = "1", max = "1000000")
        @WithDefault("1000")
        int queueSize();

        /** Threads that run subscribers. */
        @Description("How many threads run subscribers. One subscriber is never run by two at a time.")
        @Range(min = "1", max = "64")
        @WithDefault("2")
        int threads();
    }
}
