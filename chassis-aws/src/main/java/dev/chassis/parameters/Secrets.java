package dev.chassis.parameters;

import dev.chassis.config.ParametersConfig;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Secrets of Secrets Manager that are read while the service runs, because they are rotated.
 *
 * <pre>{@code
 * Secrets secrets = service.add(Secrets.of(service.config(ParametersConfig.class)));
 * JdbcPool db = service.add(JdbcPool.from(service).withCredentials(secrets.rotating("games/db", JdbcCredentials::new)));
 * }</pre>
 *
 * <p>Nothing is read before somebody asks. The task's role needs {@code secretsmanager:GetSecretValue}.
 *
 * <p>All logins share one client of the AWS SDK, which is made when the first is asked for and closed when the service stops, after all pools; without
 * a service by {@link #stop}. Thread-safe.
 */
public final class Secrets implements Component {

    private final SecretReader reader;

    private Secrets(ParametersConfig config) {
        this.reader = new SecretReader(config);
    }

    /** Secrets that are read with the time limit, the region and the address of this configuration. */
    public static Secrets of(ParametersConfig config) {
        return new Secrets(config);
    }

    /**
     * The login that is valid now: the members {@code username} and {@code password} of a secret, as rotation by Secrets Manager keeps them ("JSON
     * structure of AWS Secrets Manager secrets", AWS Secrets Manager User Guide).
     *
     * <p>What is returned reads the secret each time it is asked, so that a pool whose log-in was refused gets the next password and not the last one
     * again; threads that ask at the same time share one call. While AWS does not answer, it gives the last login it knows, with a warning for the
     * first time; before it knows any, and after a start, the one that {@code chassis.parameters.cache-file} has. Who asks waits for {@code chassis.parameters.timeout} at the longest, whatever AWS does. It throws {@link IllegalStateException}, with
     * the reason, while no login is known.
     *
     * @param name the name or ARN of the secret
     * @param login makes a login of user and password: {@code JdbcCredentials::new}
     */
    public <T> Supplier<T> rotating(String name, BiFunction<String, String, T> login) {
        return new RotatingSecret<>(
                reader, Objects.requireNonNull(name, "name"), Objects.requireNonNull(login, "login"));
    }

    @Override
    public String name() {
        return "secrets";
    }

    /** That of what is stopped last, because pools that stop may still ask. */
    @Override
    public Stage stage() {
        return Stage.TELEMETRY;
    }

    /** Calls nobody. */
    @Override
    public void start(Deadline deadline) {
        reader.open();
    }

    /** Closes the client. Who asks after that gets the last login. */
    @Override
    public void stop(Deadline deadline) {
        reader.close();
    }
}
