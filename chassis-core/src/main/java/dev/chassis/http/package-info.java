/**
 * HTTP/1.1 as {@code request -> response}. Start with {@link dev.chassis.http.Routes}: a handler returns a {@link
 * dev.chassis.http.Response} and may block; filters wrap handlers; errors become problem+json in one place.
 */
@NullMarked
package dev.chassis.http;

import org.jspecify.annotations.NullMarked;
