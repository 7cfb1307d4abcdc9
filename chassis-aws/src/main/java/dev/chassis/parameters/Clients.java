package dev.chassis.parameters;

import dev.chassis.aws.internal.ClientSettings;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The clients of one request, which are closed together.
 *
 * <p>Thread-safe. I1: {@code open} and {@code closed} are used under the lock, and no client is made there: who closes waits for nobody.
 */
final class Clients implements AutoCloseable {

    private final ClientSettings settings;
    private final List<SdkClient> open = new ArrayList<>(); // I1
    private boolean closed; // I1

    Clients(ClientSettings settings) {
        this.settings = settings;
    }

    SsmClient ssm() {
        return opened(settings.on(SsmClient.builder()).build());
    }

    SecretsManagerClient secrets() {
        return opened(settings.on(SecretsManagerClient.builder()).build());
    }

    private <C extends SdkClient> C opened(C client) {
        synchronized (this) {
            if (!closed) {
                open.add(client);
                return client;
            }
        }
        client.close();
        throw new IllegalStateException("too late");
    }

    @Override
    public void close() {
        List<SdkClient> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open);
        }
        all.forEach(SdkClient::close);
    }
}
