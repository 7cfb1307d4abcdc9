/**
 * Health as readings that age. A {@link dev.chassis.health.HealthCheck} may do I/O and runs on a schedule; what the probes and the
 * admin port show is the remembered {@link dev.chassis.health.Reading}, which fails by itself when it grows too old.
 */
@NullMarked
package dev.chassis.health;

import org.jspecify.annotations.NullMarked;
