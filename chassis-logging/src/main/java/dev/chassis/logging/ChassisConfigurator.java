package dev.chassis.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configures logback when the first logger is asked for; found by logback through {@link java.util.ServiceLoader}. The format is what
 * {@code CHASSIS_LOG_FORMAT} says (json, text, auto; default auto), the level INFO, until {@link LogbackControl#configure} says
 * otherwise.
 *
 * <p>A service that brings a {@code logback.xml} or {@code logback-test.xml}, or names a file in {@code logback.configurationFile}, gets
 * exactly that, and nothing from here.
 *
 * <p>It carries no rank: the default one comes before logback's own, and reading an annotation costs a cold JVM ten milliseconds.
 */
public final class ChassisConfigurator extends ContextAwareBase implements Configurator {

    private static final String FILE_PROPERTY = "logback.configurationFile";

    /** Called by logback. */
    public ChassisConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (hasFileOfItsOwn()) {
            addInfo("chassis-logging leaves logback to the service's own configuration file");
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        install(context, System.getenv());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void install(LoggerContext context, Map<String, String> environment) {
        String wanted = environment.getOrDefault(LogFormat.VARIABLE, "auto");
        @Nullable LogFormat format = LogFormat.parse(wanted, environment);
        Pipeline.install(context, format == null ? LogFormat.auto(environment) : format);
        if (format == null) {
            // Not an exception: it would surface in a static initialiser. Under a chassis the configuration refuses the
            // same value.
            context.getLogger(ChassisConfigurator.class)
                    .warn("{}: \"{}\" (expected: json, text or auto)", LogFormat.VARIABLE, wanted);
        }
    }

    private static boolean hasFileOfItsOwn() {
        return System.getProperty(FILE_PROPERTY) != null || isResource("logback-test.xml") || isResource("logback.xml");
    }

    private static boolean isResource(String name) {
        return LoggerContext.class.getClassLoader().getResource(name) != null;
    }
}
