package dev.chassis.cloudwatch;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClientBuilder;

/** Makes clients of CloudWatch by the HTTP client of the JDK: no second netty, and less to load than any other. */
final class Clients {

    private Clients() {}

    /** A client of its own, to be closed. Finds credentials and region at the first call. */
    static CloudWatchClient of(CloudWatchConfig config) {
        CloudWatchClientBuilder builder = CloudWatchClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(config.timeout())
                        .socketTimeout(config.timeout()))
                .overrideConfiguration(
                        override -> override.apiCallTimeout(config.timeout()).apiCallAttemptTimeout(config.timeout()));
        config.endpoint().ifPresent(builder::endpointOverride);
        config.region().map(Region::of).ifPresent(builder::region);
        return builder.build();
    }
}
