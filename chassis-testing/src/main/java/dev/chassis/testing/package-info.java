/**
 * For tests: {@link dev.chassis.testing.ChassisExtension} runs a service for real, {@link dev.chassis.testing.ComponentContract} holds a
 * component to its promises, {@link dev.chassis.testing.ManualTicker} turns time by hand.
 */
@NullMarked
package dev.chassis.testing;

import org.jspecify.annotations.NullMarked;
