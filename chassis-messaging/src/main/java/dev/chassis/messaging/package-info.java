/** RabbitMQ: one supervised connection for publishing and one for consuming, publishes that are confirmed, consumers that survive. */
@NullMarked
package dev.chassis.messaging;

import org.jspecify.annotations.NullMarked;
