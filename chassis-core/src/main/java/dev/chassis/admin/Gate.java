package dev.chassis.admin;

import dev.chassis.http.Filter;
import dev.chassis.http.Handler;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.util.Set;

/**
 * Lets everybody read and only this host change: a request with another method than GET, HEAD or OPTIONS must come from a loopback
 * address and from no web page. The latter because a browser on a developer's machine sends what any page tells it to send to
 * 127.0.0.1, and then adds {@code Origin} (Fetch standard, section 3.2). No answer is kept by a cache.
 */
final class Gate implements Filter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String CACHE_CONTROL = "cache-control";
    private static final String NO_STORE = "no-store";

    @Override
    public Response filter(Request request, Handler next) throws Exception {
        try {
            if (!READING.contains(request.method())) {
                checkMayChange(request);
            }
            return uncached(next.handle(request));
        } catch (HttpException e) {
            throw e.withHeader(CACHE_CONTROL, NO_STORE);
        }
    }

    private static Response uncached(Response response) {
        return response.header(CACHE_CONTROL).isPresent() ? response : response.header(CACHE_CONTROL, NO_STORE);
    }

    private static void checkMayChange(Request request) {
        if (!Loopback.contains(request.clientAddress())) {
            throw new HttpException(
                    403,
                    request.method() + " from " + request.clientAddress()
                            + " (expected: a loopback address; use ECS Exec or a port forward into the task)");
        }
        if (request.header("origin").isPresent()) {
            throw new HttpException(403, request.method() + " from a web page (expected: a client without Origin)");
        }
    }
}
