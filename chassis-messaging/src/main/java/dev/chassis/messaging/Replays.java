package dev.chassis.messaging;

import dev.chassis.http.HttpException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The replays that were begun over the admin port: they go on when the request is answered, on a thread each, and one at a time for each
 * queue. Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code runs} has the last replay of each queue; one that runs is never replaced. Guarded by this.
 *   <li>I2: after {@link #close} none begins, and those that run put no further letter back. Guarded by this.
 * </ul>
 */
final class Replays {

    private static final Duration LATER = Duration.ofSeconds(30);

    private final Map<String, ReplayRun> runs = new HashMap<>(); // I1
    private boolean closed; // I2

    /**
     * Begins one.
     *
     * @throws HttpException 409 while another one puts letters into this queue; 503 once the service is stopping
     */
    synchronized ReplayRun begin(String queue, ReplayRun.Work work) {
        if (closed) {
            throw HttpException.unavailable(LATER, "the service is stopping");
        }
        ReplayRun last = runs.get(queue);
        if (last != null && last.isRunning()) {
            throw HttpException.conflict(
                    "a replay of " + queue + " is running (expected: it has ended, or was ended by DELETE)");
        }
        ReplayRun run = new ReplayRun(queue, work);
        runs.put(queue, run);
        run.begin();
        return run;
    }

    /** The last one of this queue, if there was one. */
    synchronized Optional<ReplayRun> last(String queue) {
        return Optional.ofNullable(runs.get(queue));
    }

    /** Ends all of them, each when the letter it is about is settled. Returns at once. */
    synchronized void close() {
        closed = true;
        runs.values().forEach(ReplayRun::end);
    }
}
