package dev.chassis;

import dev.chassis.admin.Admin;
import dev.chassis.http.HttpServer;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;

/** The HTTP server of the admin port: up before what it reports on, and answering until everything else has stopped. */
final class AdminServer implements Component {

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

    @Override
    public void stop(Deadline deadline) throws Exception {
        admin.stop(deadline);
        server.stop(deadline);
    }
}
