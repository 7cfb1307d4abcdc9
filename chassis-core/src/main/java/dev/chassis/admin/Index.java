package dev.chassis.admin;

import dev.chassis.http.Filter;
import dev.chassis.http.Handler;
import dev.chassis.http.Response;
import dev.chassis.http.Route;
import dev.chassis.http.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Routes that remember what is declared, for those who ask what there is. Filled while a service is assembled, only read after that. */
final class Index implements Routes {

    private final Routes routes;
    private final String prefix;
    private final List<String> endpoints;

    private Index(Routes routes, String prefix, List<String> endpoints) {
        this.routes = routes;
        this.prefix = prefix;
        this.endpoints = endpoints;
    }

    static Index of(Routes routes) {
        return new Index(routes, "", new ArrayList<>());
    }

    @Override
    public Routes route(String method, String template, Handler handler, Consumer<Route> options) {
        endpoints.add(method + " " + prefix + template);
        routes.route(method, template, handler, options);
        return this;
    }

    @Override
    public Routes mount(String below, Consumer<Routes> subRoutes) {
        routes.mount(below, inner -> subRoutes.accept(new Index(inner, prefix + below, endpoints)));
        return this;
    }

    @Override
    public Routes filter(Filter filter) {
        routes.filter(filter);
        return this;
    }

    Response show() {
        return Response.json(new Endpoints(endpoints));
    }

    private record Endpoints(List<String> endpoints) {}
}
