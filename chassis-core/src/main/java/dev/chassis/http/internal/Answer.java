package dev.chassis.http.internal;

/**
 * How an answer goes out, as opposed to what it says.
 *
 * @param correlationId of the request, or a minted one
 * @param withoutBody whether only the head is sent: the request was a HEAD
 * @param http10 whether the client speaks HTTP/1.0
 * @param close whether the connection ends with it
 * @param counted whether the request leaves {@code inFlight} when this is written
 */
record Answer(String correlationId, boolean withoutBody, boolean http10, boolean close, boolean counted) {}
