package dev.chassis.example.games;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A contest on one match.
 *
 * <p>Thread-safe: {@code state}, {@code entries} and {@code points} are guarded by this object's lock. Invariants:
 *
 * <ul>
 *   <li>I1: a player has at most one entry, and there are never more entries than allowed.
 *   <li>I2: entries change only while OPEN, points only before SETTLED.
 *   <li>I3: the state moves only downwards in its list.
 * </ul>
 */
final class Contest {

    /** The life of a contest. */
    enum State {
        /** Takes entries. */
        OPEN,
        /** Takes no more; being settled. */
        CLOSED,
        /** Over; the winners have been told. */
        SETTLED
    }

    /** What became of an attempt to enter. */
    enum Entered {
        ACCEPTED,
        NOT_OPEN,
        FULL,
        ALREADY_IN
    }

    private final long id;
    private final String match;
    private final Set<String> cricketers;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> points = new HashMap<>();
    private State state = State.OPEN;

    Contest(long id, String match, Set<String> cricketers) {
        this.id = id;
        this.match = match;
        this.cricketers = Set.copyOf(cricketers);
    }

    long id() {
        return id;
    }

    Set<String> cricketers() {
        return cricketers;
    }

    synchronized View view() {
        return new View(id, match, state, entries.size());
    }

    synchronized Entered enter(Entry entry, int maxEntries) {
        if (state != State.OPEN) {
            return Entered.NOT_OPEN; // I2
        }
        if (entries.containsKey(entry.player().id())) {
            return Entered.ALREADY_IN; // I1
        }
        if (entries.size() >= maxEntries) {
            return Entered.FULL; // I1
        }
        entries.put(entry.player().id(), entry);
        return Entered.ACCEPTED;
    }

    /** Adds points of a cricketer; false once the contest is settled. */
    synchronized boolean score(String cricketer, int scored) {
        if (state == State.SETTLED) {
            return false; // I2
        }
        points.merge(cricketer, scored, Integer::sum);
        return true;
    }

    /** Takes no more entries; false if it took none before. */
    synchronized boolean close() {
        boolean open = state == State.OPEN;
        if (open) {
            state = State.CLOSED; // I3
        }
        return open;
    }

    synchronized boolean isSettled() {
        return state == State.SETTLED;
    }

    synchronized void settle() {
        state = State.SETTLED;
    }

    List<Standing> leaderboard() {
        List<Standing> board = new ArrayList<>();
        for (Map.Entry<String, Integer> total : sortedTotals()) {
            boolean shared = !board.isEmpty() && board.get(board.size() - 1).points() == total.getValue();
            int rank = shared ? board.get(board.size() - 1).rank() : board.size() + 1;
            board.add(new Standing(rank, total.getKey(), total.getValue()));
        }
        return List.copyOf(board);
    }

    private List<Map.Entry<String, Integer>> sortedTotals() {
        Comparator<Map.Entry<String, Integer>> byPoints = Map.Entry.comparingByValue(Comparator.reverseOrder());
        return totals().entrySet().stream()
                .sorted(byPoints.thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private synchronized Map<String, Integer> totals() {
        Map<String, Integer> totals = new HashMap<>();
        for (Entry entry : entries.values()) {
            int total = entry.squad().stream()
                    .mapToInt(cricketer -> points.getOrDefault(cricketer, 0))
                    .sum();
            totals.put(entry.player().name(), total);
        }
        return totals;
    }

    /** What a client sees. */
    record View(long id, String match, State state, int entries) {}
}
