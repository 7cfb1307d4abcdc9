/** One strict JSON for all that comes from outside: bodies of requests, messages of a queue, messages of a socket. */
@NullMarked
package dev.chassis.json;

import org.jspecify.annotations.NullMarked;
