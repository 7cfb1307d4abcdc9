/** Bytes: frames, messages, what waits to be sent and who gets it. It knows netty and no user types. Not part of the public API. */
@NullMarked
package dev.chassis.websocket.internal;

import org.jspecify.annotations.NullMarked;
