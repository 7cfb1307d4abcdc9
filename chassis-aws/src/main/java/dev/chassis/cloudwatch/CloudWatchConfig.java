package dev.chassis.cloudwatch;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import dev.chassis.metrics.MeterSelectionConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What goes to CloudWatch, and how often. */
@ConfigMapping(prefix = "chassis.cloudwatch")
@Description("Metrics to Amazon CloudWatch, of services that add a CloudWatchMetrics or ScalingMetrics.")
public interface CloudWatchConfig extends MeterSelectionConfig {

    /** The namespace of scaling metrics; they are off without one. */
    @Description(
            "The namespace of the scaling metrics, as the scaling policy names it; the Terraform module sets it where a policy"
                    + " follows them. Not set: none is published.")
    Optional<String> scalingNamespace();

    /** How often scaling metrics are published. */
    @Description("The time between two publications of the scaling metrics.")
    @Range(min = "1s", max = "1m")
    @WithDefault("10s")
    Duration scalingStep();

    /** How long a call may take. */
    @Description("The time a call of CloudWatch may take, retries included.")
    @Range(min = "100ms", max = "1m")
    @WithDefault("5s")
    Duration timeout();

    /** Where CloudWatch is. */
    @Description("The address of CloudWatch, where it is not that of the region: a VPC endpoint, or an emulator.")
    Optional<URI> endpoint();

    /** The region. */
    @Description("The region. Not set: what the AWS SDK finds, which on ECS is AWS_REGION.")
    Optional<String> region();
}
