package dev.chassis.example.games;

import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who follows which contest in this task. A component, because streams have no end of their own: a drain must end them, and the clients come back to
 * another task.
 *
 * <p>Thread-safe. I1: whoever follows after the drain began is ended at once.
 */
final class Live implements Component {

    private final Map<Long, Set<Follower>> followers = new ConcurrentHashMap<>();
    private volatile boolean draining;

    @Override
    public String name() {
        return "live";
    }

    /** Drained together with HTTP, whose requests these streams are. */
    @Override
    public Stage stage() {
        return Stage.INGRESS;
    }

    @Override
    public void start(Deadline deadline) {
        draining = false;
    }

    @Override
    public CompletionStage<Void> drain() {
        draining = true;
        followers.keySet().forEach(this::end);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void stop(Deadline deadline) {
        drain();
    }

    Follower follow(long contest) {
        Follower follower = new Follower();
        followers.computeIfAbsent(contest, id -> ConcurrentHashMap.newKeySet()).add(follower);
        if (draining) {
            follower.end(); // I1
        }
        return follower;
    }

    void leave(long contest, Follower follower) {
        of(contest).remove(follower);
    }

    /** The contests that somebody follows. */
    Set<Long> followed() {
        return followers.entrySet().stream()
                .filter(contest -> !contest.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    void publish(long contest, List<Standing> leaderboard) {
        of(contest).forEach(follower -> follower.tell(leaderboard));
    }

    /** Ends every stream of a contest. */
    void end(long contest) {
        of(contest).forEach(Follower::end);
    }

    private Set<Follower> of(long contest) {
        return followers.getOrDefault(contest, Set.of());
    }
}
