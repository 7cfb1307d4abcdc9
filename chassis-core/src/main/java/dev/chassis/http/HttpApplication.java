package dev.chassis.http;

import dev.chassis.http.internal.Application;
import dev.chassis.http.internal.Endpoint;
import dev.chassis.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The routes of a service, put together: finds who answers a request, and turns what handlers return and throw into answers. An {@link
 * HttpServer} serves it; a service rarely sees it.
 *
 * <p>Immutable and thread-safe.
 */
public final class HttpApplication implements Application {

    private final List<String> gets;
    private final SortedSet<String> templates;
    private final RouteTable routes;
    private final Elsewhere elsewhere;
    private final Responder responder;

    private HttpApplication(
            List<String> gets,
            SortedSet<String> templates,
            RouteTable routes,
            Elsewhere elsewhere,
            Responder responder) {
        this.gets = gets;
        this.templates = templates;
        this.routes = routes;
        this.elsewhere = elsewhere;
        this.responder = responder;
    }

    /**
     * Puts routes together. All declarations share one top level: a filter of one of them is around the routes of all.
     *
     * @param declarations the routes of the service, called once each, in order
     * @param builtIn routes that the chassis answers itself: outside the filters of the service, on the event loop and never shed
     * @param maxBodyBytes the longest body, after decompression, of a route that says nothing else; zero for none
     * @param requestTimeout the time a handler has whose route says nothing else; zero for no limit
     * @throws IllegalArgumentException if a template, an option or one of these values makes no sense, or two routes match the same
     *     requests; the message names them
     */
    public static HttpApplication of(
            List<Consumer<Routes>> declarations, Consumer<Routes> builtIn, long maxBodyBytes, Duration requestTimeout) {
        RouteSettings defaults = RouteSettings.defaults(maxBodyBytes, requestTimeout);
        RouteDeclarations declared = new RouteDeclarations();
        builtIn.accept(RouteGroup.root(defaults.builtIn(), declared));
        RouteGroup root = RouteGroup.root(defaults, declared);
        for (Consumer<Routes> declaration : declarations) {
            declaration.accept(root);
        }
        Responder responder = new Responder(new Json());
        List<ServedRoute> served = new ArrayList<>();
        List<String> gets = new ArrayList<>();
        SortedSet<String> templates = new TreeSet<>(List.of(Elsewhere.UNMATCHED));
        for (RouteDeclaration declaration : declared.close()) {
            if (declaration.method().equals("GET")) {
                gets.add(declaration.template().toString());
            }
            templates.add(declaration.template().toString());
            served.add(new ServedRoute(declaration, responder));
        }
        RouteTable routes = new RouteTable(served);
        Elsewhere elsewhere = new Elsewhere(routes, root.filters(), defaults, responder);
        return new HttpApplication(
                List.copyOf(gets), Collections.unmodifiableSortedSet(templates), routes, elsewhere, responder);
    }

    /** The templates of everything that answers GET, those the chassis answers itself first. */
    public List<String> gets() {
        return gets;
    }

    /** Every template there is, with {@code unmatched} for what no route answers; unmodifiable. */
    public SortedSet<String> templates() {
        return templates;
    }

    /**
     * Loads what the first JSON value would have to wait for: several hundred milliseconds of a small task's processor. Blocks; may be
     * called on any thread, while serving, too.
     */
    public void warmUp() {
        responder.json().warmUp();
    }

    /** Who answers this request; on the event loop, for every request. */
    @Override
    public Endpoint resolve(String method, String rawPath) {
        ServedRoute literal = routes.findLiteral(method, rawPath);
        return literal == null ? resolve(method, rawPath, RequestPath.parse(rawPath)) : literal.endpoint();
    }

    private Endpoint resolve(String method, String rawPath, RequestPath path) {
        boolean routable = path.kind() == RequestPath.Kind.ROUTABLE;
        ServedRoute route = routable ? routes.find(method, path) : null;
        if (route == null) {
            return elsewhere.resolve(method, path, rawPath);
        }
        Endpoint endpoint = route.endpoint(path);
        return endpoint == null ? elsewhere.malformed() : endpoint;
    }
}
