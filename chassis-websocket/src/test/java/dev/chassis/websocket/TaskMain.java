package dev.chassis.websocket;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.redis.RedisBus;
import dev.chassis.redis.RedisPool;

/** A task of a service in a process of its own: whatever a session says, all sessions of all tasks hear. */
final class TaskMain {

    private TaskMain() {}

    public static void main(String[] args) {
        Chassis.run("task", args, TaskMain::declare);
    }

    private static void declare(Service service) {
        RedisPool<String, String> redis = service.add(RedisPool.from(service));
        WebSockets sockets = service.add(WebSockets.from(service).over(service.add(RedisBus.over(redis))));
        service.http(routes -> routes.get("/live", sockets.text(new WebSocketHandler<>() {
            @Override
            public Reply onOpen(Session session) {
                return Reply.join("scores").andSend(Message.text("welcome"));
            }

            @Override
            public Reply onMessage(Session session, String message) {
                sockets.topics().publish("scores", Message.text(message));
                return Reply.none();
            }
        })));
    }
}
