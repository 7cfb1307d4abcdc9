package ${package};

import dev.chassis.http.Handler;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Greets people. */
final class Greetings implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(Greetings.class);

    private final GreetingConfig config;

    Greetings(GreetingConfig config) {
        this.config = config;
    }

    @Override
    public Response handle(Request request) {
        String name = request.path("name");
        LOG.info("greeting {}", name);
        return Response.json(new Greeting(config.salutation() + ", " + name + "!"));
    }

    /** What the caller gets. */
    record Greeting(String text) {}
}
