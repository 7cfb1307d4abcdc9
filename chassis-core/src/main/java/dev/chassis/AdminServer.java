package dev.chassis;

import dev.chassis.admin.Admin;
import dev.chassis.http.HttpServer;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP server of the admin port: up before what it reports on, and answering until everything else has stopped. */
final class AdminServer implements Component {

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private final HttpServer server;
    private final Admin admin;

    AdminServer(HttpServer server, Admin admin) {
        this.server = server;
        this.admin = admin;
    }

    int port() {
        return server.port();
    }

    @Override
    public String name() {
        return "admin";
    }

    @Override
    public Stage stage() {
        return Stage.ADMIN;
    }

    @Override
    public void start(Deadline deadline) throws Exception {
        server.start(deadline);
    }

    /** Answers what was asked before it closes: whoever asked for the drain should hear that it was begun. */
    @Override
    public void stop(Deadline deadline) throws Exception {
        admin.stop(deadline);
        try {
            server.drain()
                    .toCompletableFuture()
                    .get(deadline.atMost(LAST_ANSWERS).remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            // a client that does not take its answer holds nobody up
        }
        server.stop(deadline);
    }
}
