package dev.chassis.bench.quarkus;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Quarkus with one resource; its {@code main} is generated. The port is the property {@code quarkus.http.port}. */
@Path("/hello")
public class HelloResource {
    /**
     * Greets.
     *
     * @return the greeting
     */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String hello() {
        return "Hello, World!";
    }
}
