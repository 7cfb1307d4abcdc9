/** Hazelcast: a client by default, a member of the cluster on request. */
@NullMarked
package dev.chassis.hazelcast;

import org.jspecify.annotations.NullMarked;
