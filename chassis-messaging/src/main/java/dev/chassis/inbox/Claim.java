package dev.chassis.inbox;

import dev.chassis.time.Deadline;

/**
 * The right to handle a message that somebody else gets when it expires.
 *
 * @param until work that takes longer may be done twice
 */
public record Claim(Deadline until) {}
