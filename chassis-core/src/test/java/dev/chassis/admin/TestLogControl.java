package dev.chassis.admin;

import dev.chassis.lifecycle.LogControl;
import dev.chassis.time.Deadline;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Levels in a map. */
final class TestLogControl implements LogControl {

    private final Map<String, String> levels = new ConcurrentSkipListMap<>(Map.of("ROOT", "INFO", "com.acme", "WARN"));

    @Override
    public void configure(Map<String, String> settings, Map<String, String> commonFields) {}

    @Override
    public Map<String, String> levels() {
        return Map.copyOf(levels);
    }

    @Override
    public void setLevel(String logger, String level) {
        if (logger.equals("broken")) {
            throw new IllegalArgumentException("logger: \"broken\" (expected: another)");
        }
        if (level.isEmpty()) {
            levels.remove(logger);
        } else {
            levels.put(logger, level);
        }
    }

    @Override
    public void flush(Deadline deadline) {}
}
