/**
 * The netty pipeline. It knows bytes, connections, limits and back-pressure; what to answer it asks an {@link
 * dev.chassis.http.internal.Application}. Not part of the public API.
 */
@NullMarked
package dev.chassis.http.internal;

import org.jspecify.annotations.NullMarked;
