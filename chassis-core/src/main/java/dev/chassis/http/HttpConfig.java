package dev.chassis.http;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What can be set about the HTTP server. Sizes are bytes. Immutable. */
@ConfigMapping(prefix = "chassis.http")
@Description("The HTTP server of the service.")
public interface HttpConfig {

    /** The address to listen on. */
    @Description("The address to listen on.")
    @WithDefault("0.0.0.0")
    String host();

    /** The port to listen on. */
    @Description("The port to listen on; 0 lets the system choose one, as tests do.")
    @Range(min = "0", max = "65535")
    @WithDefault("8080")
    int port();

    /** Event loops. */
    @Description("How many event-loop threads there are; 0 for one per processor.")
    @Range(min = "0", max = "1024")
    @WithDefault("0")
    int ioThreads();

    /** Connections waiting to be accepted. */
    @Description("How many connections the kernel keeps while they wait to be accepted.")
    @Range(min = "1", max = "65535")
    @WithDefault("1024")
    int acceptBacklog();

    /** Connections at once. */
    @Description("How many connections may be open at once. One more is closed as soon as it is accepted, and counted.")
    @Range(min = "1")
    @WithDefault("10000")
    int maxConnections();

    /** The longest request line. */
    @Description("The longest request line (method, target, version) in bytes; a longer one is answered 414.")
    @Range(min = "64", max = "1048576")
    @WithDefault("8192")
    int maxRequestLineBytes();

    /** The longest header section. */
    @Description("The longest header section in bytes; a longer one is answered 431.")
    @Range(min = "64", max = "1048576")
    @WithDefault("16384")
    int maxHeaderBytes();

    /** The longest body. */
    @Description(
            "The longest request body in bytes, after decompression; a longer one is answered 413. A route may set its own.")
    @Range(min = "0")
    @WithDefault("1048576")
    long maxBodyBytes();

    /** The time a request head has. */
    @Description(
            "The time from the first byte of a request head to its last; a slower client is answered 408. Also limits TLS handshakes.")
    @Range(min = "1ms")
    @WithDefault("10s")
    Duration headerTimeout();

    /** The time between two pieces of a body. */
    @Description(
            "The time a request body may make no progress; then the client is answered 408 and the connection closed.")
    @Range(min = "1ms")
    @WithDefault("15s")
    Duration bodyTimeout();

    /** The time between two pieces of an answer being taken. */
    @Description(
            "The time a client may take nothing of an answer that is waiting for it; then the connection is closed.")
    @Range(min = "1ms")
    @WithDefault("30s")
    Duration writeTimeout();

    /** The time a connection may be idle. */
    @Description(
            "The time a connection may be idle between requests. It must outlast the load balancer's, which otherwise reuses a"
                    + " connection that is just being closed and answers 502.")
    @Range(min = "1ms")
    @WithDefault("75s")
    Duration keepAlive();

    /** The idle time-out of the load balancer in front. */
    @Description(
            "The idle timeout of the load balancer in front, if it is known: keep-alive is then checked to be at least 5s longer.")
    Optional<Duration> loadBalancerIdleTimeout();

    /** The time a handler has. */
    @Description(
            "The time a handler has; then it is interrupted and the client answered 503. 0 for no limit. A route may set its own.")
    @Range(min = "0s")
    @WithDefault("10s")
    Duration requestTimeout();

    /** Handlers at once. */
    @Description("How many handlers may run at once, those on event loops aside. More requests wait, see max-queued.")
    @Range(min = "1")
    @WithDefault("256")
    int maxInFlight();

    /** Requests that wait. */
    @Description("How many requests may wait for a handler; one more is answered 503 with Retry-After. 0: none waits.")
    @Range(min = "0")
    @WithDefault("128")
    int maxQueued();

    /** The time a request may wait. */
    @Description("The time a request may wait for a handler; then it is answered 503 with Retry-After.")
    @Range(min = "1ms")
    @WithDefault("1s")
    Duration queueTimeout();

    /** When refused clients come back. */
    @Description(
            "What Retry-After says of a refused request, plus up to as much again at random, so that clients do not come back at once.")
    @Range(min = "1s")
    @WithDefault("2s")
    Duration retryAfter();

    /** The time for a polite goodbye. */
    @Description(
            "How long a connection we have closed is still read, so that the client gets the last answer and no reset.")
    @Range(min = "0s")
    @WithDefault("1s")
    Duration lingerTimeout();

    /** Trusted proxies. */
    @Description(
            "How many proxies in front are trusted to have set X-Forwarded-For, -Proto and -Host; 0 ignores these headers.")
    @Range(min = "0", max = "16")
    @WithDefault("0")
    int trustedProxies();

    /** Server-sent events. */
    Events events();

    /** Compression of answers. */
    Compression compression();

    /** TLS. */
    Tls tls();

    /** Server-sent events. */
    @Description("Server-sent events, whose answers may last for hours.")
    interface Events {

        /** Streams at once. */
        @Description(
                "How many streams of server-sent events may be open at once; one more is answered 503 with Retry-After. They do not"
                        + " count for max-in-flight. On Java before 24 each has a thread.")
        @Range(min = "1", max = "1000000")
        @WithDefault("1000")
        int maxStreams();

        /** When clients of a drained task come back. */
        @Description(
                "The time over which the clients of a drained task are told to come back: each its own, evenly, but not before a second"
                        + " has passed.")
        @Range(min = "1s", max = "10m")
        @WithDefault("10s")
        Duration reconnectSpread();
    }

    /** Compression of answers. */
    @Description("Compression of answers with gzip, for clients that accept it and content types that gain.")
    interface Compression {

        /** Whether it is on. */
        @Description("Whether answers are compressed.")
        @WithDefault("true")
        boolean enabled();

        /** The shortest answer worth it. */
        @Description(
                "The shortest answer that is compressed, in bytes. Streamed answers, whose length is not known, are compressed, too;"
                        + " server-sent events never are.")
        @Range(min = "0")
        @WithDefault("1024")
        int minBytes();
    }

    /** TLS, where the load balancer does not end it. */
    @Description("TLS, for where the load balancer does not end it. Off unless both files are named.")
    interface Tls {

        /** The certificate chain. */
        @Description("The PEM file with the certificate chain.")
        Optional<String> certificate();

        /** The private key. */
        @Description("The PEM file with the private key, PKCS #8 and unencrypted.")
        Optional<String> privateKey();
    }
}
