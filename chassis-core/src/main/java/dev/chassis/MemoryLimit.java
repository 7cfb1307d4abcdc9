package dev.chassis;

import dev.chassis.ecs.EcsTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much memory the process may have before the kernel ends it.
 *
 * @param bytes of it
 * @param source who says so, as in "512 MiB of the task"
 */
record MemoryLimit(long bytes, String source) {

    /** Version 1 of control groups says "no limit" by a number near 2^63. */
    private static final long ABSURD = 1L << 60;

    /**
     * The least that anybody says: the task's metadata, or the control group of the container. On Fargate the group of the container has no
     * limit, because the task's group above it, which cannot be seen from inside, has it.
     *
     * @param groups where the control groups are, {@code /sys/fs/cgroup}
     * @return empty if there is no limit
     */
    static Optional<MemoryLimit> of(Optional<EcsTask> task, Path groups) {
        Optional<MemoryLimit> told = task.map(EcsTask::memoryLimitBytes)
                .filter(OptionalLong::isPresent)
                .map(bytes -> new MemoryLimit(bytes.getAsLong(), "the task"));
        Optional<MemoryLimit> group = ofGroup(groups);
        boolean isGroupLess = group.isPresent() && (told.isEmpty() || group.get().bytes < told.get().bytes);
        return isGroupLess ? group : told;
    }

    private static Optional<MemoryLimit> ofGroup(Path groups) {
        OptionalLong second = number(groups.resolve("memory.max"));
        OptionalLong bytes = second.isPresent() ? second : number(groups.resolve("memory/memory.limit_in_bytes"));
        return bytes.isPresent() && bytes.getAsLong() < ABSURD
                ? Optional.of(new MemoryLimit(bytes.getAsLong(), "the control group"))
                : Optional.empty();
    }

    /** "max" is no number, and no limit. */
    private static OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
