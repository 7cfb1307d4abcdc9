package dev.chassis.departure;

import java.time.Duration;

/**
 * What was seen of a task that ECS takes away. Immutable.
 *
 * @param lastStatus where the task is: {@code DEACTIVATING} while it is taken out of its target group, or later; also {@code RUNNING}
 * @param desiredStatus {@code STOPPED} as soon as ECS has decided so
 * @param reason in the words of ECS; empty if there are none yet
 * @param window in which everything should be gone that the load balancer would cut; more than zero
 * @see <a href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html">Amazon ECS task lifecycle</a>
 */
public record Departure(String lastStatus, String desiredStatus, String reason, Duration window) {}
