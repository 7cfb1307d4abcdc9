package dev.chassis.client;

import dev.chassis.context.Correlation;
import dev.chassis.context.CorrelationHeaders;
import java.net.http.HttpRequest;
import java.util.Map;

/** Gives a request what every call carries, without taking from it what it has. */
final class Headers {

    private Headers() {}

    static HttpRequest carrying(HttpRequest request, ServiceClientConfig config) {
        Correlation current = Correlation.current();
        Correlation correlation = current == null ? Correlation.mint() : current;
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), request.bodyPublisher().orElse(HttpRequest.BodyPublishers.noBody()))
                .expectContinue(request.expectContinue())
                .timeout(request.timeout().orElse(config.attemptTimeout()));
        request.version().ifPresent(builder::version);
        request.headers().map().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        ours(correlation).forEach((name, value) -> {
            if (request.headers().firstValue(name).isEmpty()) {
                builder.header(name, value);
            }
        });
        return builder.build();
    }

    private static Map<String, String> ours(Correlation correlation) {
        return Map.of(
                CorrelationHeaders.CORRELATION_ID,
                correlation.id(),
                CorrelationHeaders.TRACEPARENT,
                correlation.traceparent());
    }
}
