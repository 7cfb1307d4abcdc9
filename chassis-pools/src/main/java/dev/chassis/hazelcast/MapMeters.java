package dev.chassis.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.HazelcastCacheMetrics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The meters of maps ({@code cache.*}), each bound once.
 *
 * <p>{@code registry} is set before the start, {@code bound} grows only. Thread-safe.
 */
final class MapMeters {

    private final String pool;
    private final Set<String> bound = ConcurrentHashMap.newKeySet();
    private volatile @Nullable MeterRegistry registry;

    MapMeters(String pool) {
        this.pool = pool;
    }

    void bindTo(MeterRegistry target) {
        registry = target;
    }

    <K, V> IMap<K, V> map(HazelcastInstance instance, String name) {
        IMap<K, V> map = instance.getMap(name);
        MeterRegistry target = registry;
        if (target != null && bound.add(name)) {
            HazelcastCacheMetrics.monitor(target, map, "pool", pool);
        }
        return map;
    }
}
