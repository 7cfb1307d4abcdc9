package dev.chassis.http;

import java.util.function.Consumer;

/**
 * What a service answers: method and path template to handler.
 *
 * <pre>{@code
 * service.http(routes -> routes
 *     .get("/contests/{id}", request -> Response.json(contests.byId(request.path("id", Long.class))))
 *     .post("/logins", logins));
 * }</pre>
 *
 * <p>A template is literal segments, {@code {name}} for one segment and, last, {@code {name...}} for the rest. A literal wins over a
 * parameter, a parameter over the rest, whatever the order of declaration. One segment is never empty; the rest is what follows the
 * slash and may be. Paths are matched decoded and are not repaired: {@code //}, {@code .} and {@code ..} match nothing. {@code HEAD} and {@code OPTIONS} are answered for every
 * route; a known path with an unknown method is a 405 with {@code Allow}. Two routes that would match the same requests are a mistake
 * found at start.
 *
 * <p>Used by the thread that assembles the service only.
 */
public interface Routes {

    /**
     * Declares a route for any method. {@code HEAD} comes with {@code GET}, and {@code OPTIONS} with every path, unless declared.
     *
     * @param template empty, below a prefix, for the prefix itself; a trailing slash makes another path
     * @throws IllegalArgumentException if method, template or an option makes no sense; a route that matches the same requests as another
     *     is reported when the assembly is over, with both
     */
    Routes route(String method, String template, Handler handler, Consumer<Route> options);

    /**
     * Puts sub-routes under a prefix, itself a template whose parameters they see. Filters added inside apply to them only.
     *
     * @param prefix without trailing slash; empty for a group that shares filters and nothing else
     * @throws IllegalArgumentException if the prefix makes no sense
     */
    Routes mount(String prefix, Consumer<Routes> subRoutes);

    /**
     * Adds a filter around every route declared here and in sub-routes, before or after this call; the first added is the outermost.
     *
     * <p>Filters of the top level also see what no route answers: 400 for a malformed path, 404 and 405. The automatic {@code OPTIONS} of
     * a path passes the filters of its route.
     */
    Routes filter(Filter filter);

    /** Declares a route with default options. */
    default Routes route(String method, String template, Handler handler) {
        return route(method, template, handler, options -> {});
    }

    /** Declares a {@code GET} route, and {@code HEAD} with it. */
    default Routes get(String template, Handler handler) {
        return route("GET", template, handler);
    }

    /** Declares a {@code GET} route with options. */
    default Routes get(String template, Handler handler, Consumer<Route> options) {
        return route("GET", template, handler, options);
    }

    /** Declares a {@code POST} route. */
    default Routes post(String template, Handler handler) {
        return route("POST", template, handler);
    }

    /** Declares a {@code POST} route with options. */
    default Routes post(String template, Handler handler, Consumer<Route> options) {
        return route("POST", template, handler, options);
    }

    /** Declares a {@code PUT} route. */
    default Routes put(String template, Handler handler) {
        return route("PUT", template, handler);
    }

    /** Declares a {@code PUT} route with options. */
    default Routes put(String template, Handler handler, Consumer<Route> options) {
        return route("PUT", template, handler, options);
    }

    /** Declares a {@code PATCH} route. */
    default Routes patch(String template, Handler handler) {
        return route("PATCH", template, handler);
    }

    /** Declares a {@code PATCH} route with options. */
    default Routes patch(String template, Handler handler, Consumer<Route> options) {
        return route("PATCH", template, handler, options);
    }

    /** Declares a {@code DELETE} route. */
    default Routes delete(String template, Handler handler) {
        return route("DELETE", template, handler);
    }

    /** Declares a {@code DELETE} route with options. */
    default Routes delete(String template, Handler handler, Consumer<Route> options) {
        return route("DELETE", template, handler, options);
    }
}
