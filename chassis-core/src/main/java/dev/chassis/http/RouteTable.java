package dev.chassis.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All routes, by method. {@code HEAD} falls back to {@code GET} (RFC 9110, section 9.3.2). Immutable once built; thread-safe. */
final class RouteTable {

    private final Map<String, MethodRoutes> methods = new LinkedHashMap<>();

    /**
     * A table of these routes.
     *
     * @throws IllegalArgumentException if two of them match the same requests
     */
    RouteTable(List<ServedRoute> routes) {
        for (ServedRoute route : routes) {
            String method = route.declaration().method();
            methods.computeIfAbsent(method, name -> new MethodRoutes()).add(route);
        }
    }

    /** The route for a path that needs no decoding and has no parameters, or null if it takes more than that to tell. */
    @Nullable
    ServedRoute findLiteral(String method, String rawPath) {
        MethodRoutes routes = methods.get(method);
        return routes == null ? null : routes.findLiteral(rawPath);
    }

    /** The best route, or null. */
    @Nullable
    ServedRoute find(String method, RequestPath path) {
        MethodRoutes routes = methods.get(method);
        ServedRoute found = routes == null ? null : routes.find(path);
        return found == null && method.equals("HEAD") ? find("GET", path) : found;
    }

    /** The best route of every method that has one, in the order in which the methods were declared first. */
    List<ServedRoute> findAll(RequestPath path) {
        List<ServedRoute> found = new ArrayList<>();
        for (MethodRoutes routes : methods.values()) {
            ServedRoute route = routes.find(path);
            if (route != null) {
                found.add(route);
            }
        }
        return found;
    }

    /** The value of {@code Allow} for everything that is served. */
    String allow() {
        return allow(methods.keySet());
    }

    /** The value of {@code Allow} for a path with these routes. */
    static String allow(List<ServedRoute> routes) {
        return allow(routes.stream().map(route -> route.declaration().method()).toList());
    }

    private static String allow(Collection<String> methods) {
        TreeSet<String> allowed = new TreeSet<>(methods);
        allowed.add("OPTIONS");
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return String.join(", ", allowed);
    }
}
