package dev.chassis.websocket.internal;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the outboxes of an endpoint have in common: limits and counters. Thread-safe.
 *
 * @param budgetBytes what may wait for one session: frames, and {@value Lanes#OVERHEAD} bytes for each
 * @param slowNanos how long the socket of a session may take nothing before it is given up
 * @param conflated messages that were replaced by newer ones
 * @param dropped messages that were dropped, unsent ones of closed sessions included
 */
public record OutboxSettings(int budgetBytes, long slowNanos, LongAdder conflated, LongAdder dropped) {

    /** Settings with counters at zero. */
    public OutboxSettings(int budgetBytes, long slowNanos) {
        this(budgetBytes, slowNanos, new LongAdder(), new LongAdder());
    }
}
