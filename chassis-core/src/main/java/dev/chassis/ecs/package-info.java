/**
 * What a task on Amazon ECS can learn about itself and ask of its agent: {@link dev.chassis.ecs.EcsMetadata} reads where it runs, {@link
 * dev.chassis.ecs.TaskProtection} keeps it from scale-in while long work runs. Plain HTTP to the agent beside the task; no AWS SDK, no
 * credentials, no permission.
 */
@NullMarked
package dev.chassis.ecs;

import org.jspecify.annotations.NullMarked;
