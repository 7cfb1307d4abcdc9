package dev.chassis.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The dev services of a training run: for each kind the {@link TrainingServer} that is on the class path. Thread-safe.
 *
 * <p>Static, unlike anything else here, because a training run is the whole process ({@code --train}), and parts ask for dev services without
 * knowing whose they are.
 */
public final class TrainingServers implements DevServices {

    private static final AtomicReference<@Nullable DevServices> CURRENT = new AtomicReference<>();

    private final Map<String, DevServer> started = new HashMap<>(); // guarded by this

    private TrainingServers() {}

    /** From now on parts without an address are given these servers. */
    public static void use() {
        CURRENT.set(new TrainingServers());
    }

    /** Empty where this is no training run. */
    static Optional<DevServices> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    @Override
    public synchronized DevServer server(String kind) {
        return started.computeIfAbsent(kind, TrainingServers::start);
    }

    private static DevServer start(String kind) {
        TrainingServer server = ServiceLoader.load(TrainingServer.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing stands in for " + kind + " in a training run"));
        try {
            return server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
