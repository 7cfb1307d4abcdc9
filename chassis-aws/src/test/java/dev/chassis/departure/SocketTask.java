package dev.chassis.departure;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.redis.RedisBus;
import dev.chassis.redis.RedisPool;
import dev.chassis.websocket.Message;
import dev.chassis.websocket.Reply;
import dev.chassis.websocket.Session;
import dev.chassis.websocket.WebSocketHandler;
import dev.chassis.websocket.WebSockets;

/**
 * A task of a service with sockets, in a process of its own. A session says {@code join} or {@code resume <token>} first; what {@code say} brings, all
 * sessions of all tasks hear.
 */
final class SocketTask implements WebSocketHandler<String> {

    private static final String TOPIC = "scores";

    private final WebSockets sockets;

    private SocketTask(WebSockets sockets) {
        this.sockets = sockets;
    }

    public static void main(String[] args) {
        Chassis.run("games", args, SocketTask::declare);
    }

    private static void declare(Service service) {
        RedisPool<String, String> redis = service.add(RedisPool.from(service));
        WebSockets sockets = service.add(
                WebSockets.from(service).over(service.add(RedisBus.over(redis))).resumable(TOPIC::equals));
        service.add(DepartureWatch.from(service)).onDeparture(leaving -> sockets.moveAway(leaving.window()));
        service.http(routes -> routes.get("/live", sockets.text(new SocketTask(sockets))));
    }

    @Override
    public Reply onMessage(Session session, String message) {
        String[] words = message.split(" ", 2);
        return switch (words[0]) {
            case "join" -> Reply.join(TOPIC).andSend(Message.text("welcome"));
            case "resume" -> Reply.none().andResume(TOPIC, words[1]).andSend(Message.text("welcome"));
            default -> {
                sockets.topics().publish(TOPIC, Message.text(words[1]));
                yield Reply.none();
            }
        };
    }
}
