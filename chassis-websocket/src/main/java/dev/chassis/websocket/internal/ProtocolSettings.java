package dev.chassis.websocket.internal;

import java.util.concurrent.TimeUnit;

/**
 * The limits of a connection. Immutable, shared by the connections of an endpoint.
 *
 * @param maxMessageBytes of one message, after inflation and over all its fragments; more closes with 1009
 * @param maxFragments of one message; more closes with 1009
 * @param maxInflateRatio how much longer than its compressed form a message of more than 16 KiB may be; more closes with 1009; 0 for any
 * @param controlFramesPerSecond pings and pongs the peer may send; more closes with 1008; 0 for any number
 * @param closeTimeoutNanos how long TCP may outlive a close frame
 */
public record ProtocolSettings(
        int maxMessageBytes,
        int maxFragments,
        int maxInflateRatio,
        int controlFramesPerSecond,
        long closeTimeoutNanos) {

    /** 256 KiB in 1,024 fragments, ratio 100, 10 control frames a second, 5 s. */
    public static ProtocolSettings defaults() {
        return new ProtocolSettings(256 * 1024, 1_024, 100, 10, TimeUnit.SECONDS.toNanos(5));
    }
}
