/**
 * Health as readings that age. A {@link dev.chassis.health.HealthCheck} may do I/O and runs on the schedule of the {@link
 * dev.chassis.health.HealthRegistry}; what is shown is the remembered {@link dev.chassis.health.Reading}, which fails by itself when it
 * grows too old. {@link dev.chassis.health.Probes} turns readings and the phase of the service into the answers an orchestrator wants.
 *
 * <p>Threads: {@code health} decides what is due; {@code health-<name>} is one run of one check. All are daemons.
 */
@NullMarked
package dev.chassis.health;

import org.jspecify.annotations.NullMarked;
