/**
 * The one idea of the chassis: a running service is an ordered list of {@link dev.chassis.lifecycle.Component components} under one
 * clock. Start with {@link dev.chassis.lifecycle.Component}, then {@link dev.chassis.lifecycle.Lifecycle}, which moves the whole list
 * through the {@link dev.chassis.lifecycle.ServiceState states} and tells {@link dev.chassis.lifecycle.LifecycleEvent events}.
 */
@NullMarked
package dev.chassis.lifecycle;

import org.jspecify.annotations.NullMarked;
