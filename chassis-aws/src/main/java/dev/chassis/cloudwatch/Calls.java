package dev.chassis.cloudwatch;

import dev.chassis.aws.internal.ClientSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;

/**
 * Calls of CloudWatch that fail without harm: what a service does must not depend on its metrics. The first of several failures is one warning;
 * the first success after it, or the end, one line that tells how much has not arrived.
 *
 * <p>Thread-safe. I1: {@code missing} is not 0 exactly while the last call has failed.
 */
final class Calls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CloudWatchMetrics.class);

    private final CloudWatchClient client;
    private final AtomicLong missing = new AtomicLong(); // I1
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean closed; // written by close; a call that outlives it tells nothing more

    private Calls(CloudWatchClient client) {
        this.client = client;
    }

    /** By a client of their own. */
    static Calls of(CloudWatchConfig config) {
        return new Calls(new ClientSettings(config.timeout(), config.endpoint(), config.region())
                .on(CloudWatchClient.builder())
                .build());
    }

    /** Whether they arrived. */
    boolean put(PutMetricDataRequest request) {
        int data = request.metricData().size();
        try {
            client.putMetricData(request);
            long before = missing.getAndSet(0);
            if (before > 0) {
                LOG.info(
                        "CloudWatch takes the metrics of {} again; {} data points are missing there",
                        request.namespace(),
                        before);
            }
            return true;
        } catch (RuntimeException e) {
            lost.addAndGet(data);
            if (missing.getAndAdd(data) == 0 && !closed) {
                LOG.warn("CloudWatch does not take the metrics of {}: {}", request.namespace(), reason(e));
            }
            return false;
        }
    }

    /** Counts what has not arrived of this component's. */
    void bindTo(MeterRegistry registry, String component) {
        FunctionCounter.builder("chassis.cloudwatch.lost", lost, AtomicLong::get)
                .description("Data points that CloudWatch has not taken")
                .tag("component", component)
                .register(registry);
    }

    /** Without the stack and the id of the request, which help nobody here; with what to do where that is known. */
    private static String reason(RuntimeException failure) {
        if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            String code = answer.awsErrorDetails().errorCode();
            return code + ": " + answer.awsErrorDetails().errorMessage() + advice(answer, code);
        }
        return String.valueOf(failure.getMessage());
    }

    private static String advice(AwsServiceException answer, String code) {
        if (answer.isThrottlingException()) {
            return ", after " + answer.numAttempts()
                    + " attempts (expected: fewer calls, by longer steps, or a higher quota of PutMetricData)";
        }
        return code.startsWith("AccessDenied") ? " (expected: the task's role has cloudwatch:PutMetricData)" : "";
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        long before = missing.getAndSet(0);
        if (before > 0) {
            LOG.warn("CloudWatch has not taken the last {} data points", before);
        }
    }
}
