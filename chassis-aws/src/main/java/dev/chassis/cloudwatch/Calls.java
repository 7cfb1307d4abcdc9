package dev.chassis.cloudwatch;

import dev.chassis.aws.internal.ClientSettings;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;

/**
 * Calls of CloudWatch that fail without harm: what a service does must not depend on its metrics. The first of several failures is one warning,
 * the first success after it one line.
 *
 * <p>Thread-safe.
 */
final class Calls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CloudWatchMetrics.class);

    private final CloudWatchClient client;
    private final AtomicBoolean failing = new AtomicBoolean();

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
        try {
            client.putMetricData(request);
            if (failing.compareAndSet(true, false)) {
                LOG.info("CloudWatch takes the metrics of {} again", request.namespace());
            }
            return true;
        } catch (RuntimeException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.warn("CloudWatch does not take the metrics of {}: {}", request.namespace(), reason(e));
            }
            return false;
        }
    }

    /** Without the stack and the id of the request, which help nobody here; with what to do where that is known. */
    private static String reason(RuntimeException failure) {
        if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            String code = answer.awsErrorDetails().errorCode();
            String advice =
                    code.startsWith("AccessDenied") ? " (expected: the task's role has cloudwatch:PutMetricData)" : "";
            return code + ": " + answer.awsErrorDetails().errorMessage() + advice;
        }
        return String.valueOf(failure.getMessage());
    }

    @Override
    public void close() {
        client.close();
    }
}
