package dev.chassis.websocket.internal;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How far this task has heard each task, itself included. Every task numbers what it publishes, to whatever topic, without holes: a jump
 * means that something was missed. Not thread-safe; guarded by the hub.
 *
 * <ul>
 *   <li>I1: of a node everything with a number above its {@code floor} and up to its {@code last} has been heard here.
 *   <li>I2: a node is in {@code nodes} or in {@code silent}, which remembers the last number of some that were forgotten: a task that could
 *       not reach the bus for a while may have given messages up, and goes on counting.
 * </ul>
 */
final class Positions {

    private static final int MAX_SILENT = 1024;

    private final Map<UUID, Node> nodes = new HashMap<>();
    private final Map<UUID, Long> silent = new LinkedHashMap<>();

    /** What a number means for what has been heard before. */
    enum Step {
        NEXT,
        /** Something before it was missed. */
        GAP,
        /** It has been heard before. */
        OLD
    }

    private static final class Node {
        private long floor;
        private long last;
        private long heardAt;
        private boolean doubtful;

        private Node(long floor) {
            this.floor = floor;
            this.last = floor;
        }
    }

    /** A message with this number came. */
    Step message(UUID id, long number, long nowNanos) {
        Node node = node(id, number - 1);
        if (number <= node.last) {
            return Step.OLD;
        }
        Step step = number == node.last + 1 ? Step.NEXT : Step.GAP;
        if (step == Step.GAP) {
            node.floor = number - 1;
        }
        heard(node, number, nowNanos);
        return step;
    }

    /** The node says that this was the number of its last message. */
    Step reached(UUID id, long number, long nowNanos) {
        Node node = node(id, number);
        Step step = number > node.last ? Step.GAP : Step.NEXT;
        if (step == Step.GAP) {
            node.floor = number;
        }
        heard(node, Math.max(number, node.last), nowNanos);
        return step;
    }

    private Node node(UUID id, long beforeFirst) {
        Node known = nodes.get(id);
        if (known == null) {
            Long last = silent.remove(id); // I2
            known = new Node(last == null ? beforeFirst : last);
            nodes.put(id, known);
        }
        return known;
    }

    private static void heard(Node node, long number, long nowNanos) {
        node.last = number;
        node.heardAt = nowNanos;
        node.doubtful = false;
    }

    /** The bus was away: until a node is heard again, it may have said something that was missed. */
    void doubtAll() {
        nodes.values().forEach(node -> node.doubtful = true);
    }

    /** Forgets who has not been heard for so long. Returns whether somebody among them may have said something that was missed. */
    boolean expire(long nowNanos, long ttlNanos, UUID self) {
        boolean missed = false;
        Iterator<Map.Entry<UUID, Node>> each = nodes.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<UUID, Node> entry = each.next();
            if (nowNanos - entry.getValue().heardAt > ttlNanos
                    && !entry.getKey().equals(self)) {
                missed |= entry.getValue().doubtful;
                each.remove();
                fallSilent(entry.getKey(), entry.getValue().last);
            }
        }
        return missed;
    }

    private void fallSilent(UUID id, long last) {
        silent.put(id, last);
        if (silent.size() > MAX_SILENT) {
            silent.remove(silent.keySet().iterator().next());
        }
    }

    /** The number of the last message of each. */
    Map<UUID, Long> now() {
        Map<UUID, Long> now = new HashMap<>();
        nodes.forEach((id, node) -> now.put(id, node.last));
        return now;
    }

    /** Whether everything that was said after that position has been heard here. */
    boolean covers(Map<UUID, Long> position) {
        return nodes.keySet().containsAll(position.keySet())
                && nodes.entrySet().stream()
                        .allMatch(each -> position.getOrDefault(each.getKey(), 0L) >= each.getValue().floor);
    }
}
