package dev.chassis.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is declared under one prefix. A group keeps its filters to itself until the assembly is over, so that the order of routes and
 * filters does not matter; the declarations of all groups go to one place.
 *
 * <p>Used by the assembling thread only.
 */
final class RouteGroup implements Routes {

    private final @Nullable RouteGroup parent;
    private final String prefix;
    private final RouteSettings defaults;
    private final RouteDeclarations declarations;
    private final List<Filter> filters = new ArrayList<>();

    private RouteGroup(
            @Nullable RouteGroup parent, String prefix, RouteSettings defaults, RouteDeclarations declarations) {
        this.parent = parent;
        this.prefix = prefix;
        this.defaults = defaults;
        this.declarations = declarations;
    }

    /** The top level: every route declared in it or below goes to the declarations. */
    static RouteGroup root(RouteSettings defaults, RouteDeclarations declarations) {
        return new RouteGroup(null, "", defaults, declarations);
    }

    @Override
    public Routes route(String method, String template, Handler handler, Consumer<Route> options) {
        if (!HeaderRules.isToken(method)) {
            throw new IllegalArgumentException(
                    "method: \"" + method + "\" (expected: a token, RFC 9110 section 9.1; methods are case-sensitive)");
        }
        Objects.requireNonNull(handler, "handler");
        Template full = Template.parse(prefix.concat(template));
        RouteOptions collected = new RouteOptions(method, full, defaults);
        options.accept(collected);
        declarations.add(new RouteDeclaration(method, full, handler, collected.settings(defaults.sheddable()), this));
        return this;
    }

    @Override
    public Routes mount(String prefix, Consumer<Routes> subRoutes) {
        String full = this.prefix.concat(prefix);
        if (!prefix.isEmpty()) {
            checkPrefix(full, Template.parse(full));
        }
        subRoutes.accept(new RouteGroup(this, full, defaults, declarations));
        return this;
    }

    @Override
    public Routes filter(Filter filter) {
        declarations.checkOpen();
        filters.add(Objects.requireNonNull(filter, "filter"));
        return this;
    }

    /** The filters around a route of this group, outermost first. */
    List<Filter> filters() {
        List<Filter> all = parent == null ? new ArrayList<>() : new ArrayList<>(parent.filters());
        all.addAll(filters);
        return all;
    }

    private static void checkPrefix(String prefix, Template template) {
        Template.Segment last = template.segments().get(template.segments().size() - 1);
        if (prefix.endsWith("/")) {
            throw new IllegalArgumentException(
                    "prefix: \"" + prefix + "\" (expected: no trailing slash; empty for a group without a prefix)");
        }
        if (last.kind() == Template.Kind.REST) {
            throw new IllegalArgumentException(
                    "prefix: \"" + prefix + "\" (expected: no {" + last.text() + "...}, after which nothing can come)");
        }
    }
}
