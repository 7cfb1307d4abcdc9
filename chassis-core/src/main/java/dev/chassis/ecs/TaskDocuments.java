package dev.chassis.ecs;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Makes one answer of the two documents of the metadata endpoint. */
final class TaskDocuments {

    private TaskDocuments() {}

    /**
     * The task.
     *
     * @param task the answer of {@code /task}
     * @param container that of the endpoint itself, which is about this container, while {@code /task} lists all of them
     * @throws IOException if either is something else
     */
    static EcsTask task(Document task, Document container) throws IOException {
        String arn = task.text("TaskARN");
        if (arn.isEmpty() || container.text("Name").isEmpty()) {
            throw new IOException(
                    "the answers lack TaskARN or the container's Name (expected: task metadata of version 4)");
        }
        Document limits = task.object("Limits");
        return new EcsTask(
                arn,
                task.text("Cluster"),
                task.text("ServiceName"),
                task.text("Family"),
                task.text("Revision"),
                task.text("AvailabilityZone"),
                task.text("LaunchType"),
                mib(limits),
                limits.text("CPU"),
                container(container));
    }

    private static EcsTask.Container container(Document container) {
        Map<String, String> options = new HashMap<>();
        Document given = container.object("LogOptions");
        given.names().forEach(name -> options.put(name, given.text(name)));
        return new EcsTask.Container(
                container.text("Name"),
                container.text("Image"),
                container.text("ImageID"),
                mib(container.object("Limits")),
                container.text("LogDriver"),
                options);
    }

    /** On Fargate a container without a limit of its own has 0 here. */
    private static OptionalLong mib(Document limits) {
        OptionalLong memory = limits.number("Memory");
        return memory.isPresent() && memory.getAsLong() > 0 ? memory : OptionalLong.empty();
    }
}
