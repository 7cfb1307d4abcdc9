package dev.chassis.ecs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The task and the container that this process runs in, as the task metadata endpoint, version 4, tells it. What it does not tell is empty.
 * Immutable.
 *
 * @param arn of the task; never empty
 * @param cluster ARN or short name
 * @param service the ECS service; empty for a task that belongs to none
 * @param family of the task definition
 * @param revision of the task definition
 * @param availabilityZone such as {@code eu-west-1a}
 * @param launchType {@code FARGATE} or {@code EC2}. Fargate Spot says {@code FARGATE}, too: no field tells the two apart
 * @param memoryMib the memory of all containers of the task together, in MiB; empty if the task definition sets no limit
 * @param vcpus the processors of the task as they were written, such as {@code 0.25}; empty as above
 * @param container the one this process runs in
 * @see <a href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate-response.html">Amazon ECS
 *     task metadata v4</a>
 */
public record EcsTask(
        String arn,
        String cluster,
        String service,
        String family,
        String revision,
        String availabilityZone,
        String launchType,
        OptionalLong memoryMib,
        String vcpus,
        Container container) {

    private static final long MIB = 1024L * 1024;

    /** The last part of the ARN, by which consoles and log streams name the task. */
    public String id() {
        return afterSlash(arn);
    }

    /** Family and revision, as {@code orders:42}. */
    public String definition() {
        return revision.isEmpty() ? family : family + ":" + revision;
    }

    /** The short name of the cluster. */
    public String clusterName() {
        return afterSlash(cluster);
    }

    /** The bytes that this container gets at most: its own limit or the task's, whichever is less; empty if there is none. */
    public OptionalLong memoryLimitBytes() {
        if (memoryMib.isEmpty() || container.memoryMib().isEmpty()) {
            OptionalLong one = memoryMib.isPresent() ? memoryMib : container.memoryMib();
            return one.isPresent() ? OptionalLong.of(one.getAsLong() * MIB) : one;
        }
        return OptionalLong.of(
                Math.min(memoryMib.getAsLong(), container.memoryMib().getAsLong()) * MIB);
    }

    /** All of it as text by name, in a fixed order, without what is empty; log options of which the value may be secret are not in it. */
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        put(all, "task_arn", arn);
        put(all, "cluster", clusterName());
        put(all, "ecs_service", service);
        put(all, "task_definition", definition());
        put(all, "zone", availabilityZone);
        put(all, "launch_type", launchType);
        put(all, "task_vcpus", vcpus);
        put(all, "task_memory_mib", text(memoryMib));
        put(all, "container", container.name());
        put(all, "container_memory_mib", text(container.memoryMib()));
        put(all, "image", container.image());
        put(all, "image_digest", container.imageDigest());
        put(all, "log_driver", container.logDriver());
        container.publicLogOptions().forEach((name, value) -> put(all, "log_option_" + name.replace('-', '_'), value));
        return all;
    }

    private static void put(Map<String, String> all, String name, String value) {
        if (!value.isEmpty()) {
            all.put(name, value);
        }
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }

    private static String afterSlash(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /**
     * One container.
     *
     * @param name in the task definition
     * @param image as the task definition names it
     * @param imageDigest of what was pulled, {@code sha256:…}
     * @param memoryMib its hard limit in MiB; empty without one
     * @param logDriver such as {@code awslogs} or {@code awsfirelens}
     * @param logOptions of that driver; some drivers take secrets here
     */
    public record Container(
            String name,
            String image,
            String imageDigest,
            OptionalLong memoryMib,
            String logDriver,
            Map<String, String> logOptions) {

        /** Copies the options. */
        public Container {
            logOptions = Map.copyOf(logOptions);
        }

        /** The options that are known to hold no secret, by name. */
        public Map<String, String> publicLogOptions() {
            Map<String, String> shown = new LinkedHashMap<>();
            logOptions.keySet().stream()
                    .filter(name ->
                            name.startsWith("awslogs-") || name.equals("mode") || name.equals("max-buffer-size"))
                    .sorted()
                    .forEach(name -> shown.put(name, String.valueOf(logOptions.get(name))));
            return shown;
        }
    }
}
