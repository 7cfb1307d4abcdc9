package dev.chassis.bench.vertx;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Vert.x with its HTTP server on one event loop per processor and the native transport. Argument: the port. */
public final class VertxServer extends VerticleBase {
    private final int port;
    private String date;

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
        renewDate();
        vertx.setPeriodic(1000, timer -> renewDate());
        return vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "text/plain")
                        .putHeader("date", date)
                        .end("Hello, World!"))
                .listen(port);
    }

    private void renewDate() {
        date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }
}
