package dev.chassis.logging;

import dev.chassis.config.Description;
import dev.chassis.metrics.MeterSelectionConfig;
import io.smallrye.config.ConfigMapping;

/** Which meters go to CloudWatch through the log, and how often. Immutable. */
@ConfigMapping(prefix = "chassis.emf")
@Description(
        "Metrics to Amazon CloudWatch through the log (embedded metric format), of services that add an EmfMetrics.")
public interface EmfConfig extends MeterSelectionConfig {}
