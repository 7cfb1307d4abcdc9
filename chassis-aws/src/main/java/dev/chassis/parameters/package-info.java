/**
 * Parameters of AWS Systems Manager Parameter Store and secrets of AWS Secrets Manager, for values of the configuration that name them: {@link
 * dev.chassis.parameters.AwsParameters} is found by the core when there is such a value. {@link
 * dev.chassis.parameters.Secrets} reads secrets that are rotated while the service runs.
 */
@NullMarked
package dev.chassis.parameters;

import org.jspecify.annotations.NullMarked;
