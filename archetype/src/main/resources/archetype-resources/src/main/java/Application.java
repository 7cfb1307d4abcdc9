package ${package};

import dev.chassis.Chassis;
import dev.chassis.Service;

/** The service on one screen: its parts, and what it answers. */
public final class Application {

    private Application() {}

    public static void main(String[] args) {
        Chassis.run("${artifactId}", args, Application::assemble);
    }

    static void assemble(Service service) {
        GreetingConfig config = service.config(GreetingConfig.class);

        service.http(routes -> routes.get("/greetings/{name}", new Greetings(config)));
    }
}
