/**
 * Transactional outbox: messages that are rows of the service's own transaction until the broker has them. At least once, in the order of
 * their key, shared by all tasks of a service.
 *
 * <p>Threads: {@code <name>-relay} is the only one that reads, sends and deletes rows; it is a daemon.
 */
@NullMarked
package dev.chassis.outbox;

import org.jspecify.annotations.NullMarked;
