package dev.chassis.example.games;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody who plays. Thread-safe; I1: ids and names are unique. Both maps are guarded by this object's lock. */
final class Players {

    private final Map<Long, Player> byId = new LinkedHashMap<>();
    private final Map<String, Player> byName = new LinkedHashMap<>();

    /** Takes a player in; empty if the name is taken. */
    synchronized Optional<Player> register(String name) {
        if (byName.containsKey(name)) {
            return Optional.empty(); // I1
        }
        Player player = new Player(byId.size() + 1L, name);
        byId.put(player.id(), player);
        byName.put(name, player);
        return Optional.of(player);
    }

    synchronized Optional<Player> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized Optional<Player> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    synchronized List<Player> all() {
        return new ArrayList<>(byId.values());
    }
}
