package dev.chassis.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** The keys under {@code chassis.log}. They are declared here, so that they are checked and listed with all others; chassis-logging
 * obeys them. */
@ConfigMapping(prefix = "chassis.log")
@Description("What is logged, and in which form. Obeyed by chassis-logging.")
public interface LogConfig {

    /** The form of a line. */
    @WithDefault("auto")
    @Description(
            "json: one JSON object per line. text: readable lines. auto: text when standard output is a terminal, json otherwise and"
                    + " always on ECS. Lines written before the configuration is read obey the variable CHASSIS_LOG_FORMAT.")
    Format format();

    /** The level of the root logger. */
    @WithDefault("INFO")
    @Description("The least level that is logged, for every logger without one of its own.")
    Level level();

    /** Levels by name of logger. */
    @Description(
            "The least level of one logger and those below it: chassis.log.levels.\"com.example\"=DEBUG. The quotes are optional.")
    Map<String, Level> levels();

    /** The form of a line. */
    enum Format {
        /** By where it goes. */
        AUTO,
        /** For machines. */
        JSON,
        /** For people. */
        TEXT
    }

    /** The levels of SLF4J, and none at all. */
    enum Level {
        /** The finest. */
        TRACE,
        /** For finding faults. */
        DEBUG,
        /** What happens. */
        INFO,
        /** A person may have to act. */
        WARN,
        /** Something failed. */
        ERROR,
        /** Nothing. */
        OFF
    }
}
