/**
 * WebSockets from the client's side, on plain sockets: a client for tests that sees frames and close codes, and the RFCs as a kit of cases
 * for any endpoint that echoes. It knows nothing of chassis-websocket.
 */
@NullMarked
package dev.chassis.testing.websocket;

import org.jspecify.annotations.NullMarked;
