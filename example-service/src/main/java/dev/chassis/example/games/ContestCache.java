package dev.chassis.example.games;

import com.hazelcast.map.IMap;
import dev.chassis.hazelcast.HazelcastPool;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of contests in Hazelcast, for all tasks together. As JSON, so that tasks of two versions can share it.
 *
 * <p>It is forgotten when a contest changes. Who read the database before a change may put the old list back after it; {@code
 * games.cache-lifetime} bounds how long that lasts. Nothing that must be right is decided by it.
 *
 * <p>Thread-safe. It never fails: without an answer within {@code games.cache-timeout} there is none, as if nothing were cached.
 */
final class ContestCache {

    private static final Logger LOG = LoggerFactory.getLogger(ContestCache.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ALL = "all";

    private final HazelcastPool hazelcast;
    private final GamesConfig config;

    ContestCache(HazelcastPool hazelcast, GamesConfig config) {
        this.hazelcast = hazelcast;
        this.config = config;
    }

    /** The list that is cached, else the one that is loaded, which is cached then. */
    List<Contest.View> get(Loader loader) throws SQLException {
        Optional<List<Contest.View>> cached = ask(map -> map.getAsync(ALL)).flatMap(ContestCache::decoded);
        if (cached.isPresent()) {
            return cached.get();
        }
        List<Contest.View> loaded = loader.load();
        long millis = config.cacheLifetime().toMillis();
        ask(map -> map.setAsync(ALL, JSON.writeValueAsString(loaded), millis, TimeUnit.MILLISECONDS));
        return loaded;
    }

    /** Forgets the list, in all tasks. */
    void forget() {
        ask(map -> map.deleteAsync(ALL));
    }

    private <T> Optional<T> ask(Function<IMap<String, String>, CompletionStage<T>> question) {
        try {
            CompletionStage<T> asked = question.apply(hazelcast.map(config.prefix() + ":contests"));
            @Nullable
            T answer = asked.toCompletableFuture().get(config.cacheTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return Optional.ofNullable(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("no answer from the cache", e);
        }
        return Optional.empty();
    }

    private static Optional<List<Contest.View>> decoded(String json) {
        try {
            return Optional.of(List.of(JSON.readValue(json, Contest.View[].class)));
        } catch (JacksonException e) {
            LOG.debug("cached by another version", e);
            return Optional.empty();
        }
    }

    /** Reads the database. */
    @FunctionalInterface
    interface Loader {
        List<Contest.View> load() throws SQLException;
    }
}
