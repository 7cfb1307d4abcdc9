package dev.chassis.parameters;

import dev.chassis.aws.internal.ClientSettings;
import dev.chassis.config.ParameterStore.Answers;
import dev.chassis.config.ParameterStore.Reference;
import dev.chassis.config.ParameterStore.Request;
import dev.chassis.config.ParametersConfig;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Reads secrets again and again, each on the thread that asks, by one client: made at the first call, because it loads much, and kept, because it
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

    /** Members of one secret, by one call. */
    Answers read(Set<Reference> members) {
        Results results = new Results(new Request(members, config.timeout(), config.endpoint(), config.region()));
        results.orFailed(members, () -> new SecretCalls(client(), results).of(List.copyOf(members)))
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
