/**
 * Who a piece of work belongs to. {@link dev.chassis.context.Correlation} is immutable; a transport opens a scope around the handler, and
 * whatever carries work to another thread wraps it. The MDC is a view of it.
 */
@NullMarked
package dev.chassis.context;

import org.jspecify.annotations.NullMarked;
