package dev.chassis.bench.javalin;

import io.javalin.Javalin;

/** Javalin with one route. Argument: the port. */
public final class JavalinServer {
    private JavalinServer() {}

    /**
     * Serves until the process is killed.
     *
     * @param args the port
     */
    public static void main(String[] args) {
        Javalin.create(config -> config.routes.get("/hello", context -> context.result("Hello, World!")))
                .start(Integer.parseInt(args[0]));
    }
}
