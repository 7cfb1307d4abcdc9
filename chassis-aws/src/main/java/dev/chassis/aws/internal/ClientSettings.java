package dev.chassis.aws.internal;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * How every client of AWS is made: with the HTTP client of the JDK, which brings no second netty and loads less than any other, and with retries
 * that end. Immutable.
 *
 * @param timeout the time of one call, retries included
 * @param endpoint the address, where it is not that of the region
 * @param region the region, where it is not what the SDK finds; it looks at the first call
 */
public record ClientSettings(Duration timeout, Optional<URI> endpoint, Optional<String> region) {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** A throttled call is tried for about 3 s in all, longer than the burst of a deployment: what AWS allows is refilled every second. */
    private static final int ATTEMPTS = 5;

    private static final BackoffStrategy BACKOFF =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofSeconds(2));

    /** The same builder, which makes a client of its own, to be closed by whoever builds it. */
    public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B on(B builder) {
        builder.httpClientBuilder(transport())
                .overrideConfiguration(
                        override -> override.apiCallTimeout(timeout).retryStrategy(retries()));
        endpoint.ifPresent(builder::endpointOverride);
        region.map(Region::of).ifPresent(builder::region);
        return builder;
    }

    /** The HTTP client alone, for a call without a client of its service; to be closed by whoever asks for it. */
    public SdkHttpClient http() {
        return transport().build();
    }

    private UrlConnectionHttpClient.Builder transport() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
                .socketTimeout(timeout);
    }

    private static StandardRetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .backoffStrategy(BACKOFF)
                .throttlingBackoffStrategy(BACKOFF)
                .build();
    }
}
