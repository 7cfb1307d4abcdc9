package dev.chassis.http;

import java.util.List;

/** Filters and handlers, put together once, when the assembly is over. */
final class Filters {

    private Filters() {}

    /** The handler inside the filters, of which the first is the outermost. */
    static Handler wrap(List<Filter> filters, Handler handler) {
        Handler chain = handler;
        for (int i = filters.size() - 1; i >= 0; i--) {
            Filter filter = filters.get(i);
            Handler next = chain;
            chain = request -> filter.filter(request, next);
        }
        return chain;
    }

    /** The handler, blamed by name when it returns nothing, before a filter stumbles over that. */
    static Handler answering(RouteDeclaration route, Handler handler) {
        return request -> {
            Response response = handler.handle(request);
            if (response == null) {
                throw new IllegalStateException("the handler of " + route + " returned null (expected: a Response)");
            }
            return response;
        };
    }
}
