package dev.chassis.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of one method. Filled by one thread, then only read. */
final class MethodRoutes {

    /** Routes without parameters by the path as it is usually sent. A literal wins in every segment, so one look is enough. */
    private final Map<String, ServedRoute> literal = new HashMap<>();

    private final RouteTree<ServedRoute> tree = new RouteTree<>();

    /**
     * Adds a route.
     *
     * @throws IllegalArgumentException if there is one for the same requests
     */
    void add(ServedRoute route) {
        Template template = route.declaration().template();
        ServedRoute before = tree.putIfAbsent(template, route);
        if (before != null) {
            throw new IllegalArgumentException("routes: " + route.declaration() + " and " + before.declaration()
                    + " match the same requests (expected: one of them)");
        }
        if (template.isLiteral()) {
            literal.put(template.toString(), route);
        }
    }

    @Nullable
    ServedRoute findLiteral(String rawPath) {
        return literal.get(rawPath);
    }

    @Nullable
    ServedRoute find(RequestPath path) {
        return tree.find(path.segments());
    }
}
