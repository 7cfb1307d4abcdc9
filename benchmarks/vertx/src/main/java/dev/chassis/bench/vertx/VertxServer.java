package dev.chassis.bench.vertx;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Vert.x with its HTTP server on one event loop per processor and the native transport. Argument: the port. */
public final class VertxServer extends VerticleBase {
    private final int port;

    private VertxServer(int port) {
        this.port = port;
    }

    /**
     * Serves until the process is killed.
     *
     * @param args the port
     */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(loops));
        vertx.deployVerticle(() -> new VertxServer(port), new DeploymentOptions().setInstances(loops))
                .onFailure(VertxServer::giveUp);
    }

    private static void giveUp(Throwable cause) {
        cause.printStackTrace();
        System.exit(1);
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "text/plain")
                        .end("Hello, World!"))
                .listen(port);
    }
}
