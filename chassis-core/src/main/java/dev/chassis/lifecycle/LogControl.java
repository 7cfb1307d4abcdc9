package dev.chassis.lifecycle;

import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The logging system, as far as the chassis must steer it: levels at start and at run time, and the flush that is the last act of a
 * drain. chassis-logging implements it; without that module the chassis leaves logging alone.
 *
 * <p>Found by {@link java.util.ServiceLoader}, so that adding the module to a class path is all it takes. Implementations are thread-safe.
 */
public interface LogControl extends MeterBinder {

    /**
     * Applies the configuration; called once, before any component starts. Lines written earlier used the defaults.
     *
     * @param settings the keys under {@code chassis.log.}, without that prefix, as plain text
     * @param commonFields fields that every line carries: {@code service}, {@code version}
     * @throws IllegalArgumentException naming key, value and what is allowed
     */
    void configure(Map<String, String> settings, Map<String, String> commonFields);

    /**
     * Tells where the process runs, once that is known: which fields every line carries besides those of {@link #configure}, and who takes the
     * lines away, which decides how long one may be. May be called at any time, and again. Default: nothing.
     *
     * @param fields such as {@code task} and {@code zone}
     * @param logDriver as ECS names it, such as {@code awslogs} or {@code awsfirelens}; null when nobody knows
     * @throws IllegalArgumentException naming a field that the lines have anyway
     */
    default void place(Map<String, String> fields, @Nullable String logDriver) {}

    /** Binds the meters of logging. Default: none. */
    @Override
    default void bindTo(MeterRegistry registry) {}

    /** The loggers whose level was set explicitly, with it; {@code ROOT} always. */
    Map<String, String> levels();

    /**
     * Sets a logger's level.
     *
     * @param level TRACE, DEBUG, INFO, WARN, ERROR, OFF, or an empty string to inherit again
     * @throws IllegalArgumentException if there is no such level
     */
    void setLevel(String logger, String level);

    /** Writes out everything logged so far. Lines logged after that are written at once. Never waits past the deadline. */
    void flush(Deadline deadline);
}
