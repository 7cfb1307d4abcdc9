/** Fan-out to every task of a service. {@link dev.chassis.bus.ClusterBus} is implemented by chassis-pools. */
@NullMarked
package dev.chassis.bus;

import org.jspecify.annotations.NullMarked;
