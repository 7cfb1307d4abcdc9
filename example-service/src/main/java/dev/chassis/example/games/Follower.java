package dev.chassis.example.games;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client that follows a contest. It keeps the latest leaderboard only: a reader that is slow skips what is out of date and never
 * makes anybody wait.
 *
 * <p>Thread-safe: all fields are guarded by this object's lock. I1: once ended, it stays ended.
 */
final class Follower {

    private @Nullable List<Standing> latest;
    private @Nullable List<Standing> told;
    private boolean ended;

    /** Tells a leaderboard, unless it is the one that was told last. */
    synchronized void tell(List<Standing> leaderboard) {
        if (!leaderboard.equals(told)) {
            told = leaderboard;
            latest = leaderboard;
            notifyAll();
        }
    }

    /** Tells the leaderboard to begin with, unless a newer one came first. */
    synchronized void begin(List<Standing> leaderboard) {
        if (told == null) {
            tell(leaderboard);
        }
    }

    synchronized void end() {
        ended = true; // I1
        notifyAll();
    }

    /** Whether there is nothing more to come. */
    synchronized boolean isOver() {
        return ended && latest == null;
    }

    /** The next leaderboard; empty if none came within the limit, or none will. */
    synchronized Optional<List<Standing>> next(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long millis = limit.toMillis();
        while (latest == null && !ended && millis > 0) {
            wait(millis);
            millis = (end - System.nanoTime()) / 1_000_000;
        }
        Optional<List<Standing>> taken = Optional.ofNullable(latest);
        latest = null;
        return taken;
    }
}
