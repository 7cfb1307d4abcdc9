/**
 * Whether ECS takes this task away, which it tells nobody inside before SIGTERM, and that is too late for sockets: {@link
 * dev.chassis.departure.DepartureWatch} asks ECS, and calls who wants to know.
 */
@NullMarked
package dev.chassis.departure;

import org.jspecify.annotations.NullMarked;
