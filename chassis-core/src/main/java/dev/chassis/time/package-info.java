/** Time as the chassis measures it: a ticker that tests can turn by hand, deadlines that are absolute, and backoff with jitter. */
@NullMarked
package dev.chassis.time;

import org.jspecify.annotations.NullMarked;
