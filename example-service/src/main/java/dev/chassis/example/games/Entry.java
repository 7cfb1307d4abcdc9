package dev.chassis.example.games;

import java.util.Set;

/** A player's squad in a contest. */
record Entry(Player player, Set<String> squad) {

    Entry {
        squad = Set.copyOf(squad);
    }
}
