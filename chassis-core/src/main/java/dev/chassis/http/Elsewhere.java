package dev.chassis.http;

import dev.chassis.http.internal.Endpoint;
import java.util.List;

/**
 * Answers what no route was declared for: malformed and unknown paths, methods a path does not have, and {@code OPTIONS}. All of it
 * inside filters, and on the event loop where there are none, since filters may block.
 */
final class Elsewhere {

    /** The template of what matched nothing; no template can be written like this. */
    static final String UNMATCHED = "unmatched";

    private static final String ANY_PATH = "*";

    private final RouteTable routes;
    private final List<Filter> filters;
    private final RouteSettings settings;
    private final Responder responder;
    private final Endpoint malformed;
    private final Endpoint notFound;

    Elsewhere(RouteTable routes, List<Filter> filters, RouteSettings settings, Responder responder) {
        this.routes = routes;
        this.filters = filters;
        this.settings = settings;
        this.responder = responder;
        this.malformed = refusal(
                UNMATCHED,
                HttpException.badRequest("The path cannot be decoded: percent-encoded UTF-8 is expected, without null"
                        + " characters, and without encoded slashes where several segments are taken together."));
        this.notFound = refusal(UNMATCHED, HttpException.notFound("There is nothing at this path."));
    }

    Endpoint malformed() {
        return malformed;
    }

    /** Whoever answers a path for which this method has no route. */
    Endpoint resolve(String method, RequestPath path, String rawPath) {
        boolean options = method.equals("OPTIONS");
        return switch (path.kind()) {
            case MALFORMED -> malformed;
            case UNROUTABLE ->
                options && rawPath.equals(ANY_PATH) ? allowed(UNMATCHED, filters, routes.allow()) : notFound;
            case ROUTABLE -> resolve(options, routes.findAll(path));
        };
    }

    /** Whoever answers a path that only other methods have, if any. */
    private Endpoint resolve(boolean options, List<ServedRoute> others) {
        if (others.isEmpty()) {
            return notFound;
        }
        ServedRoute first = others.get(0);
        String template = first.declaration().template().toString();
        String allow = RouteTable.allow(others);
        return options ? allowed(template, first.filters(), allow) : methodNotAllowed(template, allow);
    }

    private Endpoint allowed(String template, List<Filter> around, String allow) {
        Response answer = Response.noContent().header("allow", allow);
        return endpoint(template, around, request -> answer);
    }

    private Endpoint methodNotAllowed(String template, String allow) {
        HttpException answer =
                new HttpException(405, "This path does not have this method.").withHeader("allow", allow);
        return refusal(template, answer);
    }

    private Endpoint refusal(String template, HttpException answer) {
        return endpoint(template, filters, request -> {
            throw answer;
        });
    }

    private Endpoint endpoint(String template, List<Filter> around, Handler handler) {
        return new RouteEndpoint(
                template,
                settings.onEventLoop(around.isEmpty()),
                Filters.wrap(around, handler),
                responder,
                PathParameters.NONE);
    }
}
