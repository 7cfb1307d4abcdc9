package dev.chassis.admin;

import dev.chassis.lifecycle.LogControl;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The levels that are set for a while, and their way back. Not thread-safe: it belongs to the thread of {@link TemporaryLevels}.
 *
 * <p>I1: an override remembers the level from before the first change, however often it is changed. I2: after {@link #close} there are
 * none.
 */
final class LevelOverrides {

    private static final Logger LOG = LoggerFactory.getLogger(Admin.class);

    private final LogControl control;
    private final Ticker ticker;
    private final Map<String, LevelOverride> overrides = new LinkedHashMap<>();
    private boolean closed;

    LevelOverrides(LogControl control, Ticker ticker) {
        this.control = control;
        this.ticker = ticker;
    }

    /**
     * Sets a level, in place of one set before.
     *
     * @throws IllegalArgumentException if there is no such level
     * @throws IllegalStateException if closed
     */
    LevelOverride set(String logger, String level, Duration time) {
        if (closed) {
            throw new IllegalStateException("the service is stopping"); // I2
        }
        LevelOverride before = overrides.get(logger);
        String original = before == null ? control.levels().getOrDefault(logger, "") : before.original(); // I1
        control.setLevel(logger, level);
        LevelOverride override = new LevelOverride(logger, level, original, ticker.nanos() + time.toNanos());
        overrides.put(logger, override);
        LOG.info("level of logger {} is {} for {}, by the admin port", logger, level, time);
        return override;
    }

    /** Takes a level back now. Returns whether there was one to take back. */
    boolean revert(String logger) {
        return revertIf(override -> override.logger().equals(logger));
    }

    /** Takes back what is over by now. */
    void revertDue() {
        long now = ticker.nanos();
        revertIf(override -> now - override.revertAt() >= 0);
    }

    /** Takes everything back, for good. */
    void close() {
        closed = true;
        revertIf(override -> true);
    }

    List<LevelOverride> all() {
        return List.copyOf(overrides.values());
    }

    private boolean revertIf(Predicate<LevelOverride> condition) {
        List<LevelOverride> over = overrides.values().stream().filter(condition).toList();
        over.forEach(this::revert);
        return !over.isEmpty();
    }

    private void revert(LevelOverride override) {
        overrides.remove(override.logger());
        try {
            control.setLevel(override.logger(), override.original());
            LOG.info("level of logger {} is {} again", override.logger(), shown(override.original()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "level of logger {} could not be set back to {}", override.logger(), shown(override.original()), e);
        }
    }

    private static String shown(String level) {
        return level.isEmpty() ? "inherited" : level;
    }
}
