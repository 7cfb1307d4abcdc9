package dev.chassis.example.games;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.cloudwatch.CloudWatchConfig;
import dev.chassis.cloudwatch.ScalingMetrics;
import dev.chassis.departure.DepartureWatch;
import dev.chassis.hazelcast.HazelcastPool;
import dev.chassis.http.Handler;
import dev.chassis.http.HttpConfig;
import dev.chassis.http.Routes;
import dev.chassis.inbox.Inbox;
import dev.chassis.jdbc.JdbcPool;
import dev.chassis.messaging.Publisher;
import dev.chassis.messaging.RabbitConnection;
import dev.chassis.outbox.Outbox;
import dev.chassis.redis.RedisBus;
import dev.chassis.redis.RedisPool;
import dev.chassis.websocket.WebSockets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** The service on one screen: its parts, and what it answers. */
public final class PlatformGames {

    /** Score updates handled at once, each with a connection of the pool. */
    private static final int CONSUMING = 4;

    private PlatformGames() {}

    /** Runs the service until it is told to stop. */
    public static void main(String[] args) {
        Chassis.run("platform-games", args, PlatformGames::assemble);
    }

    static void assemble(Service service) {
        GamesConfig config = service.config(GamesConfig.class);
        JdbcPool db = service.add(JdbcPool.from(service));
        Schema schema = service.add(new Schema(db));
        RedisPool<String, String> redis = service.add(RedisPool.from(service));
        RedisBus bus = service.add(RedisBus.over(redis));
        ContestCache cache = new ContestCache(service.add(HazelcastPool.from(service)), config);
        Live live = service.add(new Live());
        service.add(ScalingMetrics.of(service.name(), service.config(CloudWatchConfig.class))
                .requestsInFlight(service.config(HttpConfig.class).maxInFlight()));

        String playerEvents = config.prefix() + ".player-events";
        String scoreUpdates = config.prefix() + ".score-updates";
        RabbitConnection rabbit = service.add(RabbitConnection.from(service)
                .topology(topology -> topology.exchange(playerEvents, "topic").queue(scoreUpdates)));
        Publisher publisher = service.add(rabbit.publisher(playerEvents));
        Outbox outbox = service.add(
                Outbox.from(service, db.dataSource(), (exchange, key, message) -> publisher.publish(key, message))
                        .after(db, schema, publisher));
        Inbox<Connection> inbox =
                service.add(Inbox.jdbc(service, db.dataSource()).after(db, schema));
        PlayerEvents events = new PlayerEvents(playerEvents, publisher, outbox, service.background());

        Players players = new Players(db);
        Contests contests = new Contests(db, cache);
        Entries entries = new Entries(db, cache, events, config);
        Scores scores = new Scores(db);
        Sessions sessions = new Sessions(redis, config);
        WebSockets sockets = service.add(WebSockets.from(service).over(bus));
        service.add(DepartureWatch.from(service)).onDeparture(leaving -> sockets.moveAway(leaving.window()));
        LiveSocket socket = new LiveSocket(contests, scores, sockets.topics());
        Changes changes = new Changes(bus, contests, scores, live, socket);
        changes.subscribe();
        Settlement settlement = new Settlement(service.background(), contests, scores, changes);

        PlayerHandlers playing = new PlayerHandlers(players);
        ContestHandlers following = new ContestHandlers(contests, scores, changes, settlement);
        Consumer<Routes> forPlayers = routes -> routes.filter(new SignedIn(sessions, players))
                .post("/{id}/entries", new Enter(contests, entries, config));
        service.http(routes -> routes.filter(new DatabaseAway())
                .post("/players", playing::register)
                .get("/players", playing::all)
                .get("/players/{id}", playing::one)
                .post("/logins", new Login(players, sessions, events))
                .get("/contests", following::all)
                .get("/contests/{id}", following::one)
                .get("/contests/{id}/leaderboard", following::leaderboard)
                .post("/contests/{id}/scores", following::score)
                .post("/contests/{id}/settlement", following::settle)
                .mount("/contests", forPlayers)
                .get("/live", new LivePage())
                .get(
                        "/live/{id}",
                        either(
                                sockets.text(socket).attach(socket::contest),
                                new LiveScores(contests, scores, live, config))));

        service.add(rabbit.consumer(
                        scoreUpdates, ScoreUpdates.Update.class, new ScoreUpdates(contests, scores, changes, inbox))
                .concurrency(CONSUMING));
        service.warmUp("fixtures", () -> prepare(contests));
        service.warmUp("settlement", settlement::resume);
    }

    /** Who asks for a WebSocket gets one, everybody else the events. */
    private static Handler either(Handler socket, Handler events) {
        return request -> (request.header("upgrade").isPresent() ? socket : events).handle(request);
    }

    private static void prepare(Contests contests) throws SQLException {
        for (Contest contest : Fixtures.today()) {
            contests.add(contest);
        }
        contests.views(); // the first question to the cache is its slowest
    }
}
