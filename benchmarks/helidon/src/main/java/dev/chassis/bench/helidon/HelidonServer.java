package dev.chassis.bench.helidon;

import io.helidon.webserver.WebServer;

/** Helidon SE: every request on a virtual thread, so a handler may block. Argument: the port. */
public final class HelidonServer {
    private HelidonServer() {}

    /**
     * Serves until the process is killed.
     *
     * @param args the port
     */
    public static void main(String[] args) {
        WebServer.builder()
                .port(Integer.parseInt(args[0]))
                .routing(routing -> routing.get("/hello", (request, response) -> response.send("Hello, World!")))
                .build()
                .start();
    }
}
