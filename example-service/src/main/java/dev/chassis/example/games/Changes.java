package dev.chassis.example.games;

import dev.chassis.bus.ClusterBus;
import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all tasks that a contest has changed: a message is its id. Each task then reads the leaderboard for followers of its own, if it has
 * any.
 *
 * <p>Thread-safe. The subscriber blocks while it reads, which is allowed on {@link dev.chassis.redis.RedisBus}: it has threads of its own
 * and calls one subscriber at a time, so that an older leaderboard never overtakes a newer one. A message that is lost costs followers one
 * update; after a gap everything is read anew.
 */
final class Changes implements ClusterBus.Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final String TOPIC = "contests";

    private final ClusterBus bus;
    private final Contests contests;
    private final Scores scores;
    private final Live live;
    private final LiveSocket sockets;

    Changes(ClusterBus bus, Contests contests, Scores scores, Live live, LiveSocket sockets) {
        this.bus = bus;
        this.contests = contests;
        this.scores = scores;
        this.live = live;
        this.sockets = sockets;
    }

    /** Listens from the start of the bus until its end. */
    void subscribe() {
        bus.subscribe(TOPIC, this);
    }

    /** Tells that a contest has changed. What is in the database is done; without the bus, followers of this task are told. */
    void tell(long contest) {
        tellSockets(contest);
        try {
            bus.publish(TOPIC, Long.toString(contest).getBytes(StandardCharsets.US_ASCII));
        } catch (RedisException e) {
            LOG.warn("other tasks do not hear of contest {}: {}", contest, e.toString());
            refresh(contest);
        }
    }

    private void tellSockets(long contest) {
        try {
            sockets.tell(contest);
        } catch (SQLException e) {
            LOG.warn("sockets that follow contest {} miss a change: {}", contest, e.toString());
        }
    }

    @Override
    public void onMessage(byte[] message) {
        refresh(Long.parseLong(new String(message, StandardCharsets.US_ASCII)));
    }

    @Override
    public void onGap() {
        live.followed().forEach(this::refresh);
    }

    private void refresh(long contest) {
        if (!live.followed().contains(contest)) {
            return;
        }
        try {
            boolean over = contests.find(contest).map(Contest::isSettled).orElse(true);
            live.publish(contest, scores.leaderboard(contest));
            if (over) {
                live.end(contest);
            }
        } catch (SQLException e) {
            LOG.warn("followers of contest {} miss a change: {}", contest, e.toString());
        }
    }
}
