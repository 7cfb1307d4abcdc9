/**
 * Metrics in Amazon CloudWatch: {@link dev.chassis.cloudwatch.CloudWatchMetrics} publishes meters of the service, few by default because each costs
 * money; {@link dev.chassis.cloudwatch.ScalingMetrics} what a scaling policy needs, every ten seconds.
 */
@NullMarked
package dev.chassis.cloudwatch;

import org.jspecify.annotations.NullMarked;
