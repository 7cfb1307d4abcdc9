package dev.chassis.http;

import java.util.ArrayList;
import java.util.List;

/** Everything that has been declared, until the assembly is over. Used by the assembling thread only. */
final class RouteDeclarations {

    private final List<RouteDeclaration> all = new ArrayList<>();
    private boolean closed;

    void add(RouteDeclaration declaration) {
        checkOpen();
        all.add(declaration);
    }

    /**
     * Objects to what would have no effect.
     *
     * @throws IllegalStateException if the assembly is over
     */
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "routes and filters are declared while the service is assembled; this one came later");
        }
    }

    /** The assembly is over: everything, in order. */
    List<RouteDeclaration> close() {
        closed = true;
        return List.copyOf(all);
    }
}
