package dev.chassis.bench.armeria;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;

/** Armeria with one route. Argument: the port. */
public final class ArmeriaServer {
    private ArmeriaServer() {}

    /**
     * Serves until the process is killed.
     *
     * @param args the port
     */
    public static void main(String[] args) {
        Server.builder()
                .http(Integer.parseInt(args[0]))
                .service("/hello", (context, request) -> HttpResponse.of("Hello, World!"))
                .build()
                .start()
                .join();
    }
}
