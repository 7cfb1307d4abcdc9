package dev.chassis.cloudwatch;

import dev.chassis.metrics.MetricBill;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

/**
 * The one call that Micrometer makes of an asynchronous client, made by a synchronous one on Micrometer's own thread, which would wait for it
 * anyway. An asynchronous client brings netty 4.1, or native code.
 */
final class SyncPublisher implements CloudWatchAsyncClient {

    private final Calls calls;
    private final MetricBill bill;
    private final AtomicInteger sent = new AtomicInteger();

    SyncPublisher(Calls calls, MetricBill bill) {
        this.calls = calls;
        this.bill = bill;
    }

    /** Never fails, because Micrometer would tell each failure with its stack: a failure is told once until a call succeeds. */
    @Override
    public CompletableFuture<PutMetricDataResponse> putMetricData(PutMetricDataRequest request) {
        if (calls.put(request)) {
            request.metricData().forEach(datum -> bill.add(datum.metricName(), datum.dimensions()));
            sent.incrementAndGet();
        }
        return CompletableFuture.completedFuture(PutMetricDataResponse.builder().build());
    }

    /** How many calls succeeded since it was asked last. */
    int callsSince() {
        return sent.getAndSet(0);
    }

    void bindTo(MeterRegistry registry, String component) {
        calls.bindTo(registry, component);
    }

    @Override
    public String serviceName() {
        return CloudWatchClient.SERVICE_NAME;
    }

    @Override
    public void close() {
        calls.close();
    }
}
