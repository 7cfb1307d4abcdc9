package dev.chassis.jdbc;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.Secret;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What can be set about a pool of JDBC connections. Immutable. */
@ConfigMapping(prefix = "chassis.jdbc")
@Description("A pool of JDBC connections. A second pool, \"reports\", has the same keys under chassis.jdbc.reports.")
public interface JdbcConfig {

    /** The database. */
    @Description(
            "The JDBC URL, without user, password and time-outs, which have keys of their own. Where it is not set, a"
                    + " development server is used, if there is one.")
    Optional<String> url();

    /** Who logs in. */
    @Description("The user who logs in.")
    Optional<String> user();

    /** The password. */
    @Description("The password of the user.")
    Optional<Secret<String>> password();

    /** The driver. */
    @Description("The class name of the driver, where the URL alone does not find it.")
    Optional<String> driver();

    /** Connections at most. */
    @Description(
            "The most connections one task holds. Small and fixed beats large and elastic: the database's processors"
                    + " are shared by all tasks.")
    @Range(min = "1", max = "1000")
    @WithDefault("10")
    int maxSize();

    /** Connections at least. */
    @Description(
            "The connections that are open before the service is ready and kept open while idle. Not set: max-size, a"
                    + " pool of fixed size.")
    @Range(min = "1", max = "1000")
    OptionalInt minIdle();

    /** The time a borrower waits. */
    @Description("The time a borrower waits for a connection; then PoolExhaustedException.")
    @Range(min = "250ms", max = "5m")
    @WithDefault("2s")
    Duration borrowTimeout();

    /** The time a new connection has. */
    @Description(
            "The time a new connection has for TCP, TLS and log-in together, each step. PostgreSQL counts whole seconds,"
                    + " rounded up.")
    @Range(min = "1s", max = "5m")
    @WithDefault("5s")
    Duration connectTimeout();

    /** The time the server may be silent. */
    @Description(
            "The time the server may be silent within a statement; then the connection is given up. This ends what a"
                    + " half-open connection would hold for many minutes, and every statement that takes longer. 0s: no limit.")
    @Range(min = "0s", max = "24h")
    @WithDefault("30s")
    Duration socketTimeout();

    /** The time a ping has. */
    @Description("The time a ping has before a connection that was idle is lent. Less than borrow-timeout.")
    @Range(min = "250ms", max = "1m")
    @WithDefault("1s")
    Duration validationTimeout();

    /** The age at which a connection is replaced. */
    @Description(
            "The age at which a connection is replaced, when nobody holds it; each up to a quarter earlier at random.")
    @Range(min = "30s", max = "24h")
    @WithDefault("15m")
    Duration maxLifetime();

    /** The time between pings of an idle connection. */
    @Description(
            "The time between pings of an idle connection. Less than max-lifetime, and less than what firewalls and"
                    + " load balancers allow. 0s: none.")
    @Range(min = "0s", max = "24h")
    @WithDefault("2m")
    Duration keepalive();

    /** The time after which a connection beyond the minimum is closed. */
    @Description(
            "The time a connection beyond min-idle may be idle before it is closed. Without meaning for a fixed size.")
    @Range(min = "10s", max = "24h")
    @WithDefault("10m")
    Duration idleTimeout();

    /** The time after which a borrowed connection counts as leaked. */
    @Description(
            "The time after which a connection that is not given back is logged with the place where it was borrowed."
                    + " On, the message of an exhausted pool names its holders, too. At least 2s; 20s is a good value. 0s: off.")
    @Range(min = "0s", max = "24h")
    @WithDefault("0s")
    Duration leakThreshold();

    /** Whether connections are read-only. */
    @Description(
            "Whether connections are read-only: for a replica. A server that refuses to write is then no surprise.")
    @WithDefault("false")
    boolean readOnly();

    /** Whether the service is of no use without it. */
    @Description(
            "Whether a failing ping takes the task out of the load balancer. A database that is shared takes all tasks"
                    + " out at once.")
    @WithDefault("false")
    boolean critical();

    /** A statement for each connection at start. */
    @Description(
            "A statement that each connection runs once before the service is ready: to fill caches of the server.")
    Optional<String> warmUpSql();

    /** The random delay before the first connection. */
    @Description(
            "The longest delay before the first connection, at random, so that many tasks that start at once do not"
                    + " connect at once. 3s is a good value for ten tasks and more.")
    @Range(min = "0s", max = "1m")
    @WithDefault("0s")
    Duration startSpread();

    /** The connection budget. */
    Budget budget();

    /** What is to know about all tasks, so that their connections can be added up. */
    @Description(
            "The connections of all tasks together, compared with what the database allows. Terraform knows the numbers.")
    interface Budget {

        /** Tasks at most. */
        @Description("The most tasks the service scales to. Not set: the budget is told, not checked.")
        @Range(min = "1", max = "100000")
        OptionalInt maxTasks();

        /** Tasks during a deployment. */
        @Description("The deployment's maximum percent: old and new tasks overlap while it rolls.")
        @Range(min = "100", max = "1000")
        @WithDefault("200")
        int deploymentMaximumPercent();

        /** Connections beside the pools. */
        @Description("Connections that a task opens beside its pools: the monitors of a driver that watches a cluster.")
        @Range(min = "0", max = "1000")
        @WithDefault("0")
        int monitors();

        /** Connections of others. */
        @Description("Connections of everybody else: other services, migrations, administrators.")
        @Range(min = "0", max = "1000000")
        @WithDefault("0")
        int otherConnections();

        /** Connections that are kept free. */
        @Description("Connections that are kept free. Not set: those the server reserves for superusers.")
        @Range(min = "0", max = "1000000")
        OptionalInt reserved();

        /** What happens when it does not fit. */
        @Description("What happens when the sum is more than the database allows.")
        @WithDefault("warn")
        OnExcess onExcess();
    }

    /** What happens when the budget does not fit. */
    enum OnExcess {
        /** A line in the log. */
        WARN,
        /** The start fails. */
        REFUSE
    }
}
