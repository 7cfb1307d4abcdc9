/**
 * HTTP calls to other services: {@link dev.chassis.client.ServiceClient} around the client of the JDK, with the correlation in its headers,
 * time-outs, careful retries, and a place in the drain.
 */
@NullMarked
package dev.chassis.client;

import org.jspecify.annotations.NullMarked;
