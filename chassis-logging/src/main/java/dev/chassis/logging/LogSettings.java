package dev.chassis.logging;

import ch.qos.logback.classic.Level;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the keys under {@code chassis.log.} say.
 *
 * @param level of the root logger
 * @param levels of named loggers
 */
record LogSettings(LogFormat format, Level level, Map<String, Level> levels) {

    private static final String PREFIX = "chassis.log.";
    private static final String LEVELS = "levels.";

    /**
     * Reads them all before any is applied.
     *
     * @throws IllegalArgumentException naming key, value and what is allowed
     */
    static LogSettings of(Map<String, String> settings, Map<String, String> environment) {
        Map<String, Level> levels = new HashMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(LEVELS)) {
                levels.put(unquoted(key.substring(LEVELS.length())), level(PREFIX + key, value));
            } else if (!key.equals("format") && !key.equals("level")) {
                throw problem(
                        PREFIX + key,
                        value,
                        "a key chassis.log.format, chassis.log.level or chassis.log.levels.<logger>");
            }
        });
        String variable = environment.getOrDefault(LogFormat.VARIABLE, "auto");
        return new LogSettings(
                format(settings.getOrDefault("format", variable), environment),
                level(PREFIX + "level", settings.getOrDefault("level", "INFO")),
                Map.copyOf(levels));
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
