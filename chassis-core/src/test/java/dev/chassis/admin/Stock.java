package dev.chassis.admin;

import dev.chassis.http.Response;
import dev.chassis.http.Routes;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A component with endpoints of its own. */
final class Stock implements Component, AdminRoutes {

    private final Map<String, String> items = new ConcurrentHashMap<>();

    @Override
    public void adminRoutes(Routes routes) {
        routes.mount(
                "/items",
                these -> these.get(
                                "/{item}",
                                request -> Response.text(request.path("item") + ": " + items.get(request.path("item"))))
                        .put("/{item}", request -> {
                            items.put(request.path("item"), request.bodyText());
                            return Response.noContent();
                        }));
    }

    @Override
    public String name() {
        return "stock";
    }

    @Override
    public void start(Deadline deadline) {}

    @Override
    public void stop(Deadline deadline) {}
}
