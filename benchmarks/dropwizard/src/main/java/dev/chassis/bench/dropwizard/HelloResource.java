package dev.chassis.bench.dropwizard;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The one route. */
@Path("/hello")
@Produces(MediaType.TEXT_PLAIN)
public final class HelloResource {
    /**
     * Greets.
     *
     * @return the greeting
     */
    @GET
    public String hello() {
        return "Hello, World!";
    }
}
