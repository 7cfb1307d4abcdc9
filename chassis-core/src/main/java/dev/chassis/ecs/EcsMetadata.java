package dev.chassis.ecs;

import dev.chassis.time.Deadline;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads where the process runs from the task metadata endpoint, version 4, beside whatever else is under way. Nobody waits for it: a
 * start goes on without it, and a service outside of ECS never asks.
 *
 * <pre>{@code
 * EcsMetadata.read(System.getenv()).thenAccept(task -> task.ifPresent(found -> log.info("I am {}", found.id())));
 * }</pre>
 *
 * <p>Stateless; thread-safe.
 */
public final class EcsMetadata {

    /** The variable by which ECS says where its endpoint is; Fargate sets it from platform version 1.4.0 on. */
    public static final String VARIABLE = "ECS_CONTAINER_METADATA_URI_V4";

    private static final Logger LOG = LoggerFactory.getLogger(EcsMetadata.class);

    /** For both documents and all attempts: the agent is on the same machine and answers within milliseconds, or something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private EcsMetadata() {}

    /**
     * Begins to read, on a daemon thread of its own.
     *
     * @param environment of the process; without {@value #VARIABLE} there is nothing to read
     * @return completes within 5 s, never exceptionally: with the task, or empty outside of ECS and after a failure, which has been told
     *     in one line then
     */
    public static CompletionStage<Optional<EcsTask>> read(Map<String, String> environment) {
        String endpoint = environment.get(VARIABLE);
        if (endpoint == null || endpoint.isBlank()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Optional<EcsTask>> read = new CompletableFuture<>();
        Thread reader = new Thread(() -> read.complete(Optional.ofNullable(readOrTell(endpoint))), "ecs-metadata");
        reader.setDaemon(true);
        reader.start();
        return read;
    }

    private static @Nullable EcsTask readOrTell(String endpoint) {
        try {
            URI base = URI.create(endpoint.strip());
            Agent agent = new Agent(Deadline.after(PATIENCE));
            Document container = agent.get(base);
            Document task = agent.get(URI.create(base + "/task"));
            return TaskDocuments.task(task, container);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The metadata of the ECS task are not known, so lines and meters do not tell where they come from, and limits are not"
                            + " compared: {} ({}={})",
                    e.getMessage(),
                    VARIABLE,
                    endpoint);
            return null;
        }
    }
}
