/**
 * What a task on Amazon ECS can learn about itself and ask of its agent: {@link dev.chassis.ecs.EcsMetadata} reads where it runs. Plain HTTP
 * to the agent beside the task; no AWS SDK, no credentials, no permission.
 */
@NullMarked
package dev.chassis.ecs;

import org.jspecify.annotations.NullMarked;
