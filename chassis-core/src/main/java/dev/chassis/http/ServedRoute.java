package dev.chassis.http;

import dev.chassis.http.internal.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A route when everything has been put together: what stays the same from request to request. Immutable. */
final class ServedRoute {

    private final RouteDeclaration declaration;
    private final List<Filter> filters;
    private final List<String> parameters;
    private final Handler chain;
    private final Responder responder;
    private final Endpoint withoutParameters;

    ServedRoute(RouteDeclaration declaration, Responder responder) {
        this.declaration = declaration;
        this.filters = declaration.group().filters();
        this.parameters = declaration.template().names();
        this.chain = Filters.wrap(filters, Filters.answering(declaration, declaration.handler()));
        this.responder = responder;
        this.withoutParameters = endpoint(PathParameters.NONE);
    }

    /** The endpoint of a path that the template matches; null where the rest of the path has an encoded slash. */
    @Nullable
    Endpoint endpoint(RequestPath path) {
        if (parameters.isEmpty()) {
            return withoutParameters;
        }
        String[] values = declaration.template().values(path, parameters.size());
        return values == null ? null : endpoint(new PathParameters(parameters, values));
    }

    /** The endpoint where there are no parameters. */
    Endpoint endpoint() {
        return withoutParameters;
    }

    RouteDeclaration declaration() {
        return declaration;
    }

    /** Everything around the handler, the outermost first. */
    List<Filter> filters() {
        return filters;
    }

    private Endpoint endpoint(PathParameters values) {
        return new RouteEndpoint(declaration.template().toString(), declaration.settings(), chain, responder, values);
    }
}
