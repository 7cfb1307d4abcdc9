package dev.chassis.ecs;

import java.util.Map;
import java.util.OptionalLong;

/** Tasks without an agent. */
public final class EcsTasks {

    private EcsTasks() {}

    /** One with this much memory and this log driver. */
    public static EcsTask of(long memoryMib, String logDriver, Map<String, String> logOptions) {
        return new EcsTask(
                "arn:aws:ecs:eu-west-1:1:task/games/ab12",
                "games",
                "orders",
                "orders",
                "42",
                "eu-west-1b",
                "FARGATE",
                OptionalLong.of(memoryMib),
                "0.25",
                new EcsTask.Container("orders", "orders:1", "sha256:00", OptionalLong.empty(), logDriver, logOptions));
    }
}
