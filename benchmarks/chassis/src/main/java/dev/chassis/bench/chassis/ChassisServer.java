package dev.chassis.bench.chassis;

import dev.chassis.Chassis;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import dev.chassis.http.Route;
import dev.chassis.http.Routes;
import java.time.Duration;

/** A service on the chassis with all it brings: JSON logs, configuration, health, admin and metrics. */
public final class ChassisServer {
    private static final Duration WORK = Duration.ofMillis(5);

    private ChassisServer() {}

    /**
     * Serves until SIGTERM.
     *
     * @param args the chassis' own options
     */
    public static void main(String[] args) {
        Chassis.run("bench", args, service -> service.http(ChassisServer::declare));
    }

    private static void declare(Routes routes) {
        routes.get("/loop", ChassisServer::hello, Route::onEventLoop)
                .get("/worker", ChassisServer::hello)
                .get("/work", ChassisServer::work);
    }

    private static Response hello(Request request) {
        return Response.text("Hello, World!");
    }

    /** Holds its worker as a query would. */
    private static Response work(Request request) throws InterruptedException {
        Thread.sleep(WORK.toMillis());
        return Response.text("done");
    }
}
