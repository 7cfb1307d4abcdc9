package dev.chassis.testing;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Servers for parts that were given no address, in tests and on a developer's machine. Tried in this order, the first that works is taken:
 *
 * <ol>
 *   <li>{@code local}: one that listens on this machine, on its usual port with its usual credentials
 *   <li>{@code docker}: a container, where Testcontainers is on the class path and an engine answers
 *   <li>{@code binary}: a process of our own, from an installed program or a Maven artifact
 *   <li>{@code h2}: instead of PostgreSQL, where H2 is on the class path; see {@link Require#realPostgres}
 *   <li>{@code qpid}: instead of RabbitMQ, where Qpid Broker-J is on the class path
 * </ol>
 *
 * <p>Hazelcast is always a member in this JVM. The environment variable {@code CHASSIS_DEV_SERVICES} allows one of the words above only.
 * There is one server of a kind in a JVM, and it ends with the JVM.
 *
 * <p>Made by {@link java.util.ServiceLoader}; ask {@link DevServices#available()} for it. Thread-safe.
 */
public final class TestDevServices implements DevServices {

    private static final String VARIABLE = "CHASSIS_DEV_SERVICES";
    private static final List<String> CHOICES = List.of(Way.LOCAL, Way.DOCKER, Way.BINARY, Way.H2, Way.QPID);

    // Static, against the house's rule: every look-up makes another instance of this class, and there is to be one
    // server for them all.
    private static final Map<String, FutureTask<DevServer>> SERVERS = new ConcurrentHashMap<>();

    private final @Nullable String choice;
    private final Map<String, FutureTask<DevServer>> servers;

    /** For {@link java.util.ServiceLoader}. */
    public TestDevServices() {
        this(System.getenv(VARIABLE), SERVERS);
    }

    TestDevServices(@Nullable String choice, Map<String, FutureTask<DevServer>> servers) {
        this.choice = choice;
        this.servers = servers;
    }

    /**
     * The server of this kind. Blocks while it is found or started: seconds for a process, up to two minutes for a container whose image is
     * not here yet.
     *
     * @throws IllegalStateException if none can be had, with everything that was tried, or if {@code CHASSIS_DEV_SERVICES} says something
     *     unknown; the next call tries again
     */
    @Override
    public DevServer server(String kind) {
        FutureTask<DevServer> task = servers.computeIfAbsent(kind, key -> new FutureTask<>(() -> find(key)));
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            servers.remove(kind, task);
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IllegalStateException(cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server for " + kind + " was sought", e);
        }
    }

    private DevServer find(String kind) {
        List<String> tried = new ArrayList<>();
        for (Way way : allowed(Ways.to(kind))) {
            try {
                return way.route().go();
            } catch (Unavailable e) {
                tried.add(way.choice() + ": " + e.getMessage());
            } catch (RuntimeException
                    | LinkageError e) { // a library of another version, say: no reason not to try the next way
                tried.add(way.choice() + ": " + e);
            }
        }
        throw new IllegalStateException("no " + kind + " for development. Tried " + String.join("; ", tried)
                + ". Start one, or configure the address of one");
    }

    private List<Way> allowed(List<Way> ways) {
        if (choice == null || choice.isEmpty()) {
            return ways;
        }
        if (!CHOICES.contains(choice)) {
            throw new IllegalStateException(
                    VARIABLE + ": " + choice + " (expected: " + String.join(", ", CHOICES) + ")");
        }
        List<Way> chosen = ways.stream()
                .filter(way -> way.choice().equals(choice) || way.choice().equals(Ways.IN_THIS_JVM))
                .toList();
        return chosen.isEmpty() ? List.of(unknownHere()) : chosen;
    }

    private Way unknownHere() {
        String asked = Objects.requireNonNull(choice);
        return new Way(asked, () -> {
            throw new Unavailable("there is none of this kind, and " + VARIABLE + " allows nothing else");
        });
    }
}
