/**
 * The way out of HTTP, for transports that share its port: what {@link dev.chassis.http.Response#upgrade} is answered with takes over the
 * connection. This package alone shows netty, because what takes over speaks to the channel itself; services never see it.
 */
@NullMarked
package dev.chassis.http.upgrade;

import org.jspecify.annotations.NullMarked;
