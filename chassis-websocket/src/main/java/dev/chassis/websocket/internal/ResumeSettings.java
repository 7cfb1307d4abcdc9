package dev.chassis.websocket.internal;

import java.util.function.Predicate;

/**
 * Which topics can be resumed, and how far back. Immutable.
 *
 * @param topics those that can; the same on all tasks
 * @param messages how many a topic keeps at most
 * @param bytes how much a topic keeps at most; less than what may wait for a session
 * @param maxTopics how many topics are kept at most; the ones used least recently go first
 * @param tokenIntervalNanos how often a topic tells a new token while it has messages
 * @param tokens signs and reads them
 * @param token the message that tells a session its token
 */
public record ResumeSettings(
        Predicate<String> topics,
        int messages,
        int bytes,
        int maxTopics,
        long tokenIntervalNanos,
        ResumeTokens tokens,
        TokenMessage token) {

    /** How a token is told. */
    @FunctionalInterface
    public interface TokenMessage {

        /** The message with this token of this topic. */
        EncodedMessage of(String topic, String token);
    }
}
