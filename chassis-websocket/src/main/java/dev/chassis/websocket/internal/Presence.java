package dev.chassis.websocket.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Who is in which topic, task by task. A task's word stands for as long as its lease: what it told of joins and leaves is replaced by each
 * lease, and gone with it. Thread-safe; I1: all maps are guarded by this object's lock, and empty ones are removed.
 */
final class Presence {

    private final Map<UUID, Map<String, Map<String, Integer>>> nodes = new HashMap<>();

    synchronized void join(UUID node, String topic, String who) {
        nodes.computeIfAbsent(node, id -> new HashMap<>())
                .computeIfAbsent(topic, name -> new HashMap<>())
                .merge(who, 1, Integer::sum);
    }

    synchronized void leave(UUID node, String topic, String who) {
        Map<String, Map<String, Integer>> topics = nodes.getOrDefault(node, Map.of());
        Map<String, Integer> present = topics.get(topic);
        if (present == null) {
            return;
        }
        present.computeIfPresent(who, (key, count) -> count == 1 ? null : count - 1);
        if (present.isEmpty()) {
            topics.remove(topic);
        }
    }

    synchronized void replace(UUID node, Map<String, Map<String, Integer>> topics) {
        nodes.put(node, copy(topics));
    }

    synchronized void remove(UUID node) {
        nodes.remove(node);
    }

    synchronized void retain(Set<UUID> alive) {
        nodes.keySet().retainAll(alive);
    }

    synchronized Map<String, Map<String, Integer>> of(UUID node) {
        return copy(nodes.getOrDefault(node, Map.of()));
    }

    /** Who is in a topic, wherever. */
    synchronized Set<String> in(String topic) {
        Set<String> present = new TreeSet<>();
        nodes.values()
                .forEach(topics ->
                        present.addAll(topics.getOrDefault(topic, Map.of()).keySet()));
        return present;
    }

    private static Map<String, Map<String, Integer>> copy(Map<String, Map<String, Integer>> topics) {
        Map<String, Map<String, Integer>> copy = new HashMap<>();
        topics.forEach((topic, present) -> copy.put(topic, new HashMap<>(present)));
        return copy;
    }
}
