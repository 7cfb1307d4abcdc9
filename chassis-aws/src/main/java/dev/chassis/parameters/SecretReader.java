package dev.chassis.parameters;

import dev.chassis.aws.internal.ClientSettings;
import dev.chassis.config.ParameterStore.Answers;
import dev.chassis.config.ParameterStore.Reference;
import dev.chassis.config.ParameterStore.Request;
import dev.chassis.config.ParametersConfig;
import dev.chassis.config.StoreReading;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Reads secrets again and again, each on the thread that calls, by one client: made at the first call, because it loads much, and kept, because it
 * keeps connections and credentials.
 *
 * <p>Thread-safe. I1: {@code client} and {@code closed} are used under the lock; once closed, none is made until {@link #open}.
 */
final class SecretReader implements AutoCloseable {

    private final ParametersConfig config;
    private @Nullable SecretsManagerClient client; // I1
    private boolean closed; // I1

    SecretReader(ParametersConfig config) {
        this.config = config;
    }

    boolean isEnabled() {
        return config.enabled();
    }

    /** How long who asks may wait. */
    Duration timeout() {
        return config.timeout();
    }

    /** A reading of members of one secret, by one call. */
    StoreReading reading(String secret) {
        return StoreReading.of(this::read, config, secret);
    }

    /** The same when the time is over already. */
    StoreReading late(String secret) {
        return StoreReading.of(request -> new Results(request).answers(), config, secret);
    }

    private Answers read(Request request) {
        Results results = new Results(request);
        List<Reference> members = List.copyOf(request.references());
        results.orFailed(members, () -> new SecretCalls(client(), results).of(members))
                .ifPresent(calls -> calls.forEach(Runnable::run));
        return results.answers();
    }

    private synchronized SecretsManagerClient client() {
        if (closed) {
            throw new IllegalStateException("the service has stopped");
        }
        SecretsManagerClient made = client;
        if (made == null) {
            made = new ClientSettings(config.timeout(), config.endpoint(), config.region())
                    .on(SecretsManagerClient.builder())
                    .build();
            client = made;
        }
        return made;
    }

    synchronized void open() {
        closed = false;
    }

    /** Idempotent. A call that is under way fails. */
    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
