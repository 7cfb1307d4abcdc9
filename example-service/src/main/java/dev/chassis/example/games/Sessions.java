package dev.chassis.example.games;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who is signed in, by token. Thread-safe. */
final class Sessions {

    private final Map<String, Player> players = new ConcurrentHashMap<>();

    /** Opens a session and returns its token. */
    String open(Player player) {
        String token = UUID.randomUUID().toString();
        players.put(token, player);
        return token;
    }

    Optional<Player> player(String token) {
        return Optional.ofNullable(players.get(token));
    }
}
