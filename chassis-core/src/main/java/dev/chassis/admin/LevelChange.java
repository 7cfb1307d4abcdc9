package dev.chassis.admin;

import dev.chassis.http.HttpException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The body of {@code PUT /loggers/{name}}, checked: <code>{"level":"DEBUG","for":"15m"}</code>. */
record LevelChange(String level, Duration time) {

    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    private static final List<String> MEMBERS = List.of("level", "for");
    private static final String DEFAULT_TIME = "15m";

    static LevelChange of(Map<?, ?> body) {
        for (Object member : body.keySet()) {
            if (!MEMBERS.contains(member)) {
                throw HttpException.badRequest("member \"" + member + "\" (expected: level, for)");
            }
        }
        Object time = body.containsKey("for") ? body.get("for") : DEFAULT_TIME;
        return new LevelChange(level(Objects.toString(body.get("level"), "")), LevelTime.parse(String.valueOf(time)));
    }

    private static String level(String text) {
        String level = text.toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw HttpException.badRequest(
                    "level: \"" + text + "\" (expected: one of " + String.join(", ", LEVELS) + ")");
        }
        return level;
    }
}
