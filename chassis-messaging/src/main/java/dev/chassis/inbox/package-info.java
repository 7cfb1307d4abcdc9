/**
 * Handling each message once although it is delivered more often. {@link dev.chassis.inbox.Inbox} asks an {@link
 * dev.chassis.inbox.InboxStore} which messages a consumer has handled before.
 *
 * <p>Threads: {@code <name>-clean-up} deletes what is older than the retention; it is a daemon. Everything else runs on its caller's.
 */
@NullMarked
package dev.chassis.inbox;

import org.jspecify.annotations.NullMarked;
