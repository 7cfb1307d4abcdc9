package dev.chassis.admin;

import dev.chassis.http.Routes;

/**
 * A component that has something to show, or to be told, on the admin port. What it declares is found below {@code /components/<its name>}
 * and is listed by {@code GET /}.
 *
 * <pre>{@code
 * final class PriceCache implements Component, AdminRoutes {
 *     @Override
 *     public void adminRoutes(Routes routes) {
 *         routes.get("/size", request -> Response.json(prices.size()))     // GET /components/price-cache/size
 *               .post("/reload", request -> reload());
 *     }
 * }
 * }</pre>
 *
 * <p>The rules of the admin port hold for these endpoints, too: anybody who reaches the port may GET, so nothing may be shown that is
 * nobody's business, and a GET changes nothing; PUT, POST, PATCH and DELETE are for clients on a loopback address only, and for no web page;
 * no answer is cached. A handler has the time-out of any other and is asked from before the component has started until after it has stopped.
 */
public interface AdminRoutes {

    /**
     * Declares the endpoints; called once while the service is assembled, before the component starts, and not at all where the admin port
     * is disabled. Does no I/O.
     *
     * @param routes those below {@code /components/<name>}
     */
    void adminRoutes(Routes routes);
}
