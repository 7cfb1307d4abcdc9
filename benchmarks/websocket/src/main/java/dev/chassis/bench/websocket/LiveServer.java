package dev.chassis.bench.websocket;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.http.Response;
import dev.chassis.websocket.Message;
import dev.chassis.websocket.Reply;
import dev.chassis.websocket.Session;
import dev.chassis.websocket.WebSocketHandler;
import dev.chassis.websocket.WebSockets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Broadcasts with all that the chassis brings: limits, keep-alive, outboxes, logs, configuration, health, admin and metrics. */
public final class LiveServer {
    private static final String LIVE = "live";

    private LiveServer() {}

    /**
     * Serves until SIGTERM.
     *
     * @param args the chassis' own options
     */
    public static void main(String[] args) {
        Chassis.run("bench", args, LiveServer::declare);
    }

    private static void declare(Service service) {
        WebSockets sockets = service.add(WebSockets.from(service));
        ExecutorService publisher = Executors.newSingleThreadExecutor();
        service.http(routes -> routes.get("/hello", request -> Response.text("Hello, World!"))
                .get("/live", sockets.text(new Live(sockets, publisher))));
    }

    private record Live(WebSockets sockets, ExecutorService publisher) implements WebSocketHandler<String> {
        @Override
        public Reply onOpen(Session session) {
            return Reply.join(LIVE);
        }

        @Override
        public Reply onMessage(Session session, String text) {
            String[] order = text.split(" ");
            publisher.execute(() -> publish(Integer.parseInt(order[1]), Integer.parseInt(order[2])));
            return Reply.none();
        }

        private void publish(int count, int size) {
            for (int i = 0; i < count; i++) {
                sockets.topics().publish(LIVE, Message.text("x".repeat(size)));
            }
        }
    }
}
