/** Redis, over one connection that everybody shares and a few that are lent (Lettuce). */
@NullMarked
package dev.chassis.redis;

import org.jspecify.annotations.NullMarked;
