package dev.chassis.logging;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the keys under {@code chassis.log.} say. Immutable.
 *
 * @param level of the root logger
 * @param levels of named loggers
 * @param lineBudget the most bytes of a JSON line; null to go by the log driver
 * @param heartbeat how often totals are told; zero for never
 */
record LogSettings(
        LogFormat format,
        Schema schema,
        Level level,
        Map<String, Level> levels,
        @Nullable Integer lineBudget,
        Duration heartbeat,
        Duration stackPeriod,
        Set<String> maskedNames) {

    private static final String PREFIX = "chassis.log.";
    private static final String LEVELS = "levels.";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final int LEAST_BUDGET = 8 * 1024;
    private static final int MOST_BUDGET = 1024 * 1024;
    private static final Set<String> KEYS =
            Set.of("format", "schema", "level", "line-budget", "heartbeat", "stack-period", "masked-names");

    /**
     * Reads them all before any is applied.
     *
     * @throws IllegalArgumentException naming key, value and what is allowed
     */
    static LogSettings of(Map<String, String> settings, Map<String, String> environment) {
        String variable = environment.getOrDefault(LogFormat.VARIABLE, "auto");
        return new LogSettings(
                format(settings.getOrDefault("format", variable), environment),
                schema(settings.getOrDefault("schema", "chassis")),
                level(PREFIX + "level", settings.getOrDefault("level", "INFO")),
                levels(settings),
                lineBudget(settings.getOrDefault("line-budget", "auto")),
                duration("heartbeat", settings.getOrDefault("heartbeat", "60s")),
                duration("stack-period", settings.getOrDefault("stack-period", "10s")),
                Set.of(settings.getOrDefault("masked-names", "").split(",")));
    }

    private static Map<String, Level> levels(Map<String, String> settings) {
        Map<String, Level> levels = new HashMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(LEVELS)) {
                levels.put(unquoted(key.substring(LEVELS.length())), level(PREFIX + key, value));
            } else if (!KEYS.contains(key)) {
                throw problem(PREFIX + key, value, "a key of " + new TreeSet<>(KEYS) + " or levels.<logger>");
            }
        });
        return Map.copyOf(levels);
    }

    private static Schema schema(String value) {
        Schema schema = Schema.parse(value.trim());
        if (schema == null) {
            throw problem(PREFIX + "schema", value, "chassis, ecs or logstash");
        }
        return schema;
    }

    private static @Nullable Integer lineBudget(String value) {
        if (value.trim().equalsIgnoreCase("auto")) {
            return null;
        }
        try {
            int bytes = Integer.parseInt(value.trim());
            if (bytes >= LEAST_BUDGET && bytes <= MOST_BUDGET) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw problem(PREFIX + "line-budget", value, "auto, or " + LEAST_BUDGET + " to " + MOST_BUDGET + " bytes");
    }

    /** A whole number of one unit. */
    private static Duration duration(String key, String value) {
        Matcher matcher = DURATION.matcher(value.trim());
        if (!matcher.matches()) {
            throw problem(PREFIX + key, value, "a duration such as 500ms, 10s, 1m or 0s");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /**
     * A level, in any case of letters.
     *
     * @param name what the level was given for
     * @throws IllegalArgumentException if there is none of that name
     */
    static Level level(String name, String value) {
        @Nullable
        Level level = switch (value.trim().toUpperCase(Locale.ROOT)) {
            case "TRACE" -> Level.TRACE;
            case "DEBUG" -> Level.DEBUG;
            case "INFO" -> Level.INFO;
            case "WARN" -> Level.WARN;
            case "ERROR" -> Level.ERROR;
            case "OFF" -> Level.OFF;
            default -> null;
        };
        if (level == null) {
            throw problem(name, value, "TRACE, DEBUG, INFO, WARN, ERROR or OFF");
        }
        return level;
    }

    private static LogFormat format(String value, Map<String, String> environment) {
        LogFormat format = LogFormat.parse(value.trim(), environment);
        if (format == null) {
            throw problem(PREFIX + "format", value, "json, text or auto");
        }
        return format;
    }

    /** A logger's name has dots, so configuration files may quote it. */
    private static String unquoted(String name) {
        boolean quoted = name.length() > 2 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    private static IllegalArgumentException problem(String key, String value, String allowed) {
        return new IllegalArgumentException(key + ": \"" + value + "\" (expected: " + allowed + ")");
    }
}
