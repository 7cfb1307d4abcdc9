package dev.chassis.websocket;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Who a session belongs to, and for how long.
 *
 * @param user one person or machine, however many sessions it has; limits per user count by it
 * @param expiresAt when this ends: the session is warned before and closed with 4401 then; empty for never
 */
public record Principal(String user, Optional<Instant> expiresAt) {

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the user is empty
     */
    public Principal {
        Objects.requireNonNull(expiresAt, "expiresAt");
        if (user.isEmpty()) {
            throw new IllegalArgumentException("user: \"\" (expected: the id of a user)");
        }
    }

    /** A user for as long as the session lasts. */
    public static Principal of(String user) {
        return new Principal(user, Optional.empty());
    }

    /** A user until then. */
    public static Principal until(String user, Instant expiresAt) {
        return new Principal(user, Optional.of(expiresAt));
    }
}
