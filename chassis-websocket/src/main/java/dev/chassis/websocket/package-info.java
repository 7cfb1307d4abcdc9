/**
 * WebSocket sessions inside the service (RFC 6455), on the port of its HTTP server: handlers on an ordered lane per session, replies as
 * returned values, and a drain that leaves no client behind.
 */
@NullMarked
package dev.chassis.websocket;

import org.jspecify.annotations.NullMarked;
