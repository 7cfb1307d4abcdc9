package dev.chassis.testing;

import java.util.List;

/**
 * What became of the messages of a {@link BrokerTrial}. Immutable.
 *
 * @param confirmed how many the broker has confirmed: all, or the trial would have failed
 * @param received how many different ones were delivered
 * @param lost how many were confirmed and not delivered
 * @param duplicates how many deliveries there were beyond the first of each message; the next four add up to them
 * @param redelivered those that the broker marked as possibly delivered before
 * @param republished those of messages that were published again because nobody knew what had become of them
 * @param afterKill those of messages that had been delivered before the broker was killed: it has forgotten the acknowledgement, and that it
 *     had delivered them
 * @param unexplained the rest
 * @param unknown how many publishes ended without an answer
 * @param refused how many publishes ended with the answer that the broker does not have the message
 * @param faults what happened meanwhile, in this order
 */
public record BrokerReport(
        int confirmed,
        int received,
        int lost,
        int duplicates,
        int redelivered,
        int republished,
        int afterKill,
        int unexplained,
        int unknown,
        int refused,
        List<String> faults) {}
