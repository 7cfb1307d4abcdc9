package dev.chassis.parameters;

import dev.chassis.config.ParameterStore.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Makes clients by the HTTP client of the JDK, and closes them.
 *
 * <p>Thread-safe. I1: {@code open} and {@code closed} are used under the lock.
 */
final class Clients implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** A throttled call is tried for about 3 s in all, longer than the burst of a deployment: both stores refill every second. */
    private static final int ATTEMPTS = 5;

    private static final BackoffStrategy BACKOFF =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofSeconds(2));

    private final Request request;
    private final List<SdkClient> open = new ArrayList<>(); // I1
    private boolean closed; // I1

    Clients(Request request) {
        this.request = request;
    }

    SsmClient ssm() {
        return opened(configured(SsmClient.builder()).build());
    }

    SecretsManagerClient secrets() {
        return opened(configured(SecretsManagerClient.builder()).build());
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(B builder) {
        StandardRetryStrategy retries = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .backoffStrategy(BACKOFF)
                .throttlingBackoffStrategy(BACKOFF)
                .build();
        Duration limit = request.timeout();
        builder.httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(limit.compareTo(CONNECT) < 0 ? limit : CONNECT)
                        .socketTimeout(limit))
                .overrideConfiguration(
                        override -> override.apiCallTimeout(limit).retryStrategy(retries));
        request.endpoint().ifPresent(builder::endpointOverride);
        request.region().map(Region::of).ifPresent(builder::region);
        return builder;
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
