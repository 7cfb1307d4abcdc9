/**
 * What people and orchestrators ask of a running service. {@link dev.chassis.admin.Admin} lists the endpoints of the admin port, {@link
 * dev.chassis.admin.ProbeRoutes} is the part of them that the main port has, too. Components add endpoints of
 * their own by {@link dev.chassis.admin.AdminRoutes}. All are only routes: who serves them is decided
 * elsewhere, and what they need of the service comes through {@link dev.chassis.admin.Operations}.
 *
 * <p>Thread: {@code admin-levels}, from the first change of a log level on.
 */
@NullMarked
package dev.chassis.admin;

import org.jspecify.annotations.NullMarked;
