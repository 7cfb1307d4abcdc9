package dev.chassis.logging;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How lines look. */
enum LogFormat {
    /** One JSON object per line, for machines. */
    JSON,
    /** Readable text, for a terminal. */
    TEXT;

    /** The variable that decides before there is a configuration. */
    static final String VARIABLE = "CHASSIS_LOG_FORMAT";

    private static final String AUTO = "auto";
    private static final String ECS_METADATA = "ECS_CONTAINER_METADATA_URI_V4";

    /**
     * What a value asks for, in any case of letters.
     *
     * @return null for anything but json, text and auto
     */
    static @Nullable LogFormat parse(String value, Map<String, String> environment) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "json" -> JSON;
            case "text" -> TEXT;
            case AUTO -> auto(environment);
            default -> null;
        };
    }

    /** JSON on ECS and wherever nobody is looking; text on a terminal. */
    static LogFormat auto(Map<String, String> environment) {
        return environment.containsKey(ECS_METADATA) || !Stdout.isTerminal() ? JSON : TEXT;
    }
}
