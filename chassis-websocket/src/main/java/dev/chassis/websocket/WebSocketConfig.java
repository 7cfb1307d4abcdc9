package dev.chassis.websocket;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.Secret;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be set about WebSockets. Sizes are bytes. Immutable. Rules between keys are those of {@link WebSockets#check}. */
@ConfigMapping(prefix = "chassis.websocket")
@Description("WebSocket sessions, on the port of the HTTP server.")
public interface WebSocketConfig {

    /** Sessions at once. */
    @Description(
            "How many sessions this task may have at once; one more is answered 503. Beyond chassis.http.max-connections it has no effect.")
    @Range(min = "1")
    @WithDefault("8000")
    int maxSessions();

    /** Sessions per address. */
    @Description(
            "How many sessions one client address may have on this task; one more is answered 429. 0 for no limit. Behind a load balancer chassis.http.trusted-proxies must be set, else all clients have its address.")
    @Range(min = "0")
    @WithDefault("64")
    int maxSessionsPerAddress();

    /** Sessions per user. */
    @Description("How many sessions one user may have on this task; one more is answered 429. 0 for no limit.")
    @Range(min = "0")
    @WithDefault("20")
    int maxSessionsPerUser();

    /** Allowed origins. */
    @Description(
            "The origins that may connect beside the service's own, each scheme://host[:port]; * allows any. A request without an Origin, which no browser sends, is let through.")
    Optional<List<String>> allowedOrigins();

    /** The longest message. */
    @Description(
            "The longest message in bytes, after decompression and over all its fragments; a longer one closes with 1009.")
    @Range(min = "125", max = "67108864")
    @WithDefault("262144")
    int maxMessageBytes();

    /** Fragments of a message. */
    @Description("How many frames one message may come in; more close with 1008.")
    @Range(min = "1")
    @WithDefault("1024")
    int maxFragments();

    /** How far a message may inflate. */
    @Description(
            "How many times longer a message may be decompressed than compressed, once it is above 16 KiB; more closes with 1009. 0 for no limit.")
    @Range(min = "0")
    @WithDefault("100")
    int maxInflateRatio();

    /** Compression. */
    @Description("Whether messages are compressed for clients that ask for it (permessage-deflate), from 1 KiB on.")
    @WithDefault("true")
    boolean compression();

    /** Messages per second. */
    @Description("How many messages a session may send per second, on average; more close with 1008. 0 for no limit.")
    @Range(min = "0", max = "1000000")
    @WithDefault("100")
    int messagesPerSecond();

    /** Messages at once. */
    @Description("How many messages a session may send at once before messages-per-second counts.")
    @Range(min = "1", max = "1000000")
    @WithDefault("200")
    int messageBurst();

    /** Control frames per second. */
    @Description("How many pings and pongs a session may send per second; more close with 1008. 0 for no limit.")
    @Range(min = "0", max = "1000000")
    @WithDefault("10")
    int controlFramesPerSecond();

    /** Messages that wait for a handler. */
    @Description(
            "How many messages of a session may wait for its handler; then its socket is not read until half of them are handled.")
    @Range(min = "1", max = "100000")
    @WithDefault("32")
    int maxWaitingMessages();

    /** Bytes that wait for a handler. */
    @Description(
            "How many bytes of a session's messages may wait for its handler; then its socket is not read until half of them are handled.")
    @Range(min = "1024")
    @WithDefault("262144")
    int maxWaitingBytes();

    /** Bytes that wait for a client. */
    @Description(
            "How many bytes may wait for a client that reads too slowly; one more costs it its connection (1013), or messages, as they say.")
    @Range(min = "1024")
    @WithDefault("262144")
    int maxUnsentBytes();

    /** How long a client may read nothing. */
    @Description("How long the socket of a session may take nothing of what waits for it; then it is closed with 1013.")
    @Range(min = "100ms", max = "1h")
    @WithDefault("10s")
    Duration slowReaderTimeout();

    /** Time between pings. */
    @Description(
            "The time between two pings to a session, give or take a fifth; two without any answer, and it is gone. Must fit twice into chassis.http.load-balancer-idle-timeout, its fifth included.")
    @Range(min = "50ms", max = "1h")
    @WithDefault("25s")
    Duration pingInterval();

    /** The longest a session may last. */
    @Description(
            "The longest a session may last, give or take a fifth; then it is closed with 1012, so that a deployment finds fewer to move and new tasks get their share. 0 for no limit.")
    @Range(min = "0s", max = "7d")
    @WithDefault("2h")
    Duration maxSessionAge();

    /** How long a closing handshake may take. */
    @Description("How long a client may take to answer a close frame; then TCP is closed.")
    @Range(min = "10ms", max = "1m")
    @WithDefault("5s")
    Duration closeTimeout();

    /** How long a first message may take. */
    @Description(
            "How long a session may take to authenticate where its first message does; then it is closed with 4401.")
    @Range(min = "100ms", max = "5m")
    @WithDefault("10s")
    Duration authenticationTimeout();

    /** When an expiry is announced. */
    @Description("How long before its principal expires a session is warned, where the endpoint has a warning.")
    @Range(min = "0s", max = "1h")
    @WithDefault("60s")
    Duration expiryWarning();

    /** Handlers at once. */
    @Description("How many handlers may run at once where threads are not virtual; further sessions wait.")
    @Range(min = "1", max = "10000")
    @WithDefault("256")
    int maxHandlers();

    /** The time over which a drain closes. */
    @Description(
            "The time over which a drain closes the sessions, evenly. Must be less than what chassis.drain leaves for work in flight. Default: 80 % of that.")
    Optional<Duration> drainWindow();

    /** The time over which clients come back. */
    @Description(
            "The time over which the clients of a drained task are told to come back, evenly, from the beginning of the drain on.")
    @Range(min = "1s", max = "10m")
    @WithDefault("20s")
    Duration reconnectSpread();

    /** How long a ticket is good. */
    @Description("How long a one-time ticket is good.")
    @Range(min = "1s", max = "10m")
    @WithDefault("30s")
    Duration ticketLifetime();

    /** What tickets are signed with. */
    @Description(
            "What tickets and resume tokens are signed with, the same on every task; without it each task knows only its own. At least 32 characters.")
    Optional<Secret<String>> signingKey();
}
