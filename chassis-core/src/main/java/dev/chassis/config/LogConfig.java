package dev.chassis.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** The names of the fields. */
    @WithDefault("chassis")
    @Description(
            "The names of the fields of a JSON line: our own, those of the Elastic Common Schema, or those of logstash.")
    Schema schema();

    /** The most bytes of a line. */
    @WithDefault("auto")
    @Description(
            "The most bytes of a JSON line, 8192 to 1048576. auto: what the log driver of the task takes in one piece; 16000 while"
                    + " that is not known. What was cut is named in the field truncated.")
    String lineBudget();

    /** How often totals are told. */
    @WithDefault("60s")
    @Description("How often a line tells how many lines were written and dropped so far; 0s: never.")
    Duration heartbeat();

    /** How long a stack is not told again. */
    @WithDefault("10s")
    @Description("For how long the stack of an exception that repeats is told by its hash only; 0s: every time.")
    Duration stackPeriod();

    /** Further names whose values are secret. */
    @Description(
            "Names of fields whose values are masked besides the usual ones, separated by commas; parts of names will do.")
    Optional<List<String>> maskedNames();

    /** The form of a line. */
    enum Format {
        /** By where it goes. */
        AUTO,
        /** For machines. */
        JSON,
        /** For people. */
        TEXT
    }

    /** Whose names the fields have. */
    enum Schema {
        /** Ours. */
        CHASSIS,
        /** The Elastic Common Schema's. */
        ECS,
        /** Those of logstash. */
        LOGSTASH
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
