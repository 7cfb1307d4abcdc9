package dev.chassis.messaging;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.Secret;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be set about RabbitMQ. Immutable. Rules between keys are those of {@link RabbitConnection#check}. */
@ConfigMapping(prefix = "chassis.rabbit")
@Description(
        "RabbitMQ: one connection for publishing and one for consuming, kept open for as long as the service lives.")
public interface RabbitConfig {

    /** The nodes. */
    @Description(
            "The nodes of the broker, each host:port. They are tried in random order, each name resolved anew every time.")
    Optional<List<String>> addresses();

    /** The virtual host. */
    @Description("The virtual host.")
    @WithDefault("/")
    String virtualHost();

    /** The user. */
    @Description("The user; without one, guest, which RabbitMQ lets in from its own machine only.")
    Optional<String> username();

    /** The password. */
    @Description("The password of the user.")
    Optional<Secret<String>> password();

    /** TLS. */
    Tls tls();

    /** How long opening a TCP connection may take. */
    @Description("How long opening a TCP connection may take.")
    @Range(min = "1ms", max = "1m")
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long the handshake may take. */
    @Description("How long TLS, login and tuning may take together, once TCP is connected.")
    @Range(min = "1ms", max = "1m")
    @WithDefault("5s")
    Duration handshakeTimeout();

    /** How long the broker may take to answer. */
    @Description("How long the broker may take to answer a synchronous method, like a declaration.")
    @Range(min = "100ms", max = "5m")
    @WithDefault("10s")
    Duration rpcTimeout();

    /** The heartbeat asked for. */
    @Description(
            "The heartbeat to ask the broker for. A peer that is silent for twice as long, and a little more, is given up.")
    @Range(min = "5s", max = "10m")
    @WithDefault("15s")
    Duration heartbeat();

    /** The first delay before a reconnect, at most. */
    @Description(
            "The longest the first reconnect is delayed; doubled with each attempt, and always a random part of it.")
    @Range(min = "1ms")
    @WithDefault("500ms")
    Duration reconnectMin();

    /** Any delay before a reconnect, at most. */
    @Description("The longest any reconnect is delayed.")
    @Range(min = "1ms", max = "5m")
    @WithDefault("30s")
    Duration reconnectMax();

    /** How long starts of many tasks are spread. */
    @Description(
            "The longest the first connect waits, at random, so that tasks that start together do not connect together.")
    @Range(min = "0s", max = "5m")
    @WithDefault("0s")
    Duration startSpread();

    /** Publishing. */
    Publishing publish();

    /** Consuming. */
    Consuming consume();

    /** TLS. */
    interface Tls {

        /** Whether to use it. */
        @Description("Whether to connect with TLS. The certificate must be for the host name, always.")
        @WithDefault("false")
        boolean enabled();

        /** Whom to trust. */
        @Description("A PEM file with the certificates to trust instead of those the JVM trusts.")
        Optional<String> caCertificate();
    }

    /** What every publisher does, unless it says otherwise. */
    interface Publishing {

        /** Messages without a confirm, at most. */
        @Description("How many messages of one publisher may be without a confirm; a further publish waits.")
        @Range(min = "1", max = "100000")
        @WithDefault("1000")
        int windowMessages();

        /** Bytes without a confirm, at most. */
        @Description("How many bytes of bodies of one publisher may be without a confirm; a further publish waits.")
        @Range(min = "1024", max = "1073741824")
        @WithDefault("8388608")
        long windowBytes();

        /** How long a publish waits for the window. */
        @Description("How long a publish waits for room in the window, or for a connection, before it is refused.")
        @Range(min = "0s", max = "1m")
        @WithDefault("2s")
        Duration windowTimeout();

        /** How long a confirm may take. */
        @Description("How long the broker may take to confirm a message before it counts as timed out.")
        @Range(min = "100ms", max = "10m")
        @WithDefault("10s")
        Duration confirmTimeout();
    }

    /** What every consumer does, unless it says otherwise. */
    interface Consuming {

        /** How many deliveries are handled at once. */
        @Description("How many deliveries of one consumer are handled at once; 0 for four per processor.")
        @Range(min = "0", max = "1000")
        @WithDefault("0")
        int concurrency();

        /** Unacknowledged deliveries, at most. */
        @Description(
                "How many deliveries the broker may send ahead of their acknowledgement; 0 for three times the concurrency, at most 250.")
        @Range(min = "0", max = "2000")
        @WithDefault("0")
        int prefetch();

        /** How long a handler may take. */
        @Description("How long one delivery may be handled; then the handler is interrupted, and it counts as failed.")
        @Range(min = "100ms", max = "15m")
        @WithDefault("60s")
        Duration handlerTimeout();

        /** Attempts before a delivery is a dead letter. */
        @Description("How many times a delivery is tried before it becomes a dead letter.")
        @Range(min = "1", max = "1000")
        @WithDefault("8")
        int maxAttempts();
    }
}
