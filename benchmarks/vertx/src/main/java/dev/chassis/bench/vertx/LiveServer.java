package dev.chassis.bench.vertx;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Broadcasts over WebSocket with Vert.x: each instance holds the sockets of its event loop and hears of messages on the event bus. Argument:
 * the port. Compression is off, as it is in all others.
 */
public final class LiveServer extends VerticleBase {
    private static final String LIVE = "live";

    private final int port;
    private final ExecutorService publisher;
    private final Set<ServerWebSocket> sockets = new LinkedHashSet<>();

    private LiveServer(int port, ExecutorService publisher) {
        this.port = port;
        this.publisher = publisher;
    }

    /**
     * Serves until the process is killed.
     *
     * @param args the port
     */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        int loops = Runtime.getRuntime().availableProcessors();
        ExecutorService publisher = Executors.newSingleThreadExecutor();
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(loops))
                .deployVerticle(() -> new LiveServer(port, publisher), new DeploymentOptions().setInstances(loops))
                .onFailure(LiveServer::giveUp);
    }

    private static void giveUp(Throwable cause) {
        cause.printStackTrace();
        System.exit(1);
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().<String>localConsumer(LIVE, message -> tell(message.body()));
        HttpServerOptions options = new HttpServerOptions()
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        return vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end("Hello, World!"))
                .webSocketHandler(this::open)
                .listen(port);
    }

    private void open(ServerWebSocket socket) {
        sockets.add(socket);
        socket.closeHandler(nothing -> sockets.remove(socket));
        socket.textMessageHandler(this::obey);
    }

    private void tell(String message) {
        sockets.forEach(socket -> socket.writeTextMessage(message));
    }

    private void obey(String text) {
        String[] order = text.split(" ");
        EventBus bus = vertx.eventBus();
        publisher.execute(() -> publish(bus, Integer.parseInt(order[1]), Integer.parseInt(order[2])));
    }

    private static void publish(EventBus bus, int count, int size) {
        for (int i = 0; i < count; i++) {
            bus.publish(LIVE, "x".repeat(size));
        }
    }
}
