/**
 * HTTP/1.1 as {@code request -> response}. Start with {@link dev.chassis.http.Routes}: a handler returns a {@link
 * dev.chassis.http.Response} and may block; filters wrap handlers, {@link dev.chassis.http.Cors} is one that comes along; errors become
 * problem+json in one place. {@link dev.chassis.http.HttpApplication} puts routes together for a server.
 */
@NullMarked
package dev.chassis.http;

import org.jspecify.annotations.NullMarked;
