/** JDBC connections, opened once at start, warm before ready, closed last (HikariCP). */
@NullMarked
package dev.chassis.jdbc;

import org.jspecify.annotations.NullMarked;
