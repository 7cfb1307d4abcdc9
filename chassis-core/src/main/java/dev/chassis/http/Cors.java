package dev.chassis.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Lets pages of other origins use a service: the CORS protocol (WHATWG Fetch, section 3.3). Preflights are answered here, with 204; every
 * other answer, errors included, gets the headers that let the page read it.
 *
 * <pre>{@code
 * routes.filter(Cors.origins("https://app.example").methods("GET", "POST").headers("content-type").credentials());
 * }</pre>
 *
 * <p>Put it before filters that refuse requests: a preflight carries no credentials. Default: the methods {@code GET}, {@code HEAD} and
 * {@code POST}, no headers beyond those that are always allowed, none exposed, no credentials, preflights remembered as long as the
 * browser likes.
 *
 * <p>Immutable and thread-safe: the verbs return a changed copy.
 */
public final class Cors implements Filter {

    private final CorsRules rules;

    private Cors(CorsRules rules) {
        this.rules = rules;
    }

    /**
     * Allows exactly these origins.
     *
     * @param origins written as browsers send them: {@code https://app.example}, with the port where it is not the usual one
     * @throws IllegalArgumentException if there is none, or one is no origin
     */
    public static Cors origins(String... origins) {
        return new Cors(CorsRules.of(origins));
    }

    /** Allows every origin. Cannot be combined with {@link #credentials}. */
    public static Cors anyOrigin() {
        return new Cors(CorsRules.any());
    }

    /**
     * Allows these methods, instead of the default.
     *
     * @throws IllegalArgumentException if one is no token; {@code *} is not taken, so that what is allowed can be read here
     */
    public Cors methods(String... methods) {
        return new Cors(rules.withMethods(CorsRules.tokens("method", methods)));
    }

    /**
     * Allows these request headers, beyond those that are always allowed.
     *
     * @throws IllegalArgumentException if one is no token, or {@code *}
     */
    public Cors headers(String... headers) {
        return new Cors(rules.withHeaders(CorsRules.tokens("header", headers)));
    }

    /**
     * Lets pages read these response headers, beyond those they can always read.
     *
     * @throws IllegalArgumentException if one is no token, or {@code *}
     */
    public Cors exposed(String... headers) {
        return new Cors(rules.withExposed(CorsRules.tokens("exposed header", headers)));
    }

    /**
     * Allows requests with cookies and other credentials.
     *
     * @throws IllegalArgumentException if every origin is allowed, which would let any page act as the user
     */
    public Cors credentials() {
        return new Cors(rules.withCredentials());
    }

    /**
     * How long a browser may remember a preflight; browsers have ceilings of their own (two hours in Chromium).
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Cors maxAge(Duration maxAge) {
        return new Cors(rules.withMaxAge(maxAge));
    }

    @Override
    public Response filter(Request request, Handler next) throws Exception {
        Optional<String> origin = request.header("origin");
        if (isPreflight(request, origin)) {
            return rules.preflight(origin.orElseThrow());
        }
        return rules.decorate(origin, answer(request, next));
    }

    /** What is thrown is answered here, or the page could not read the problem. */
    private static Response answer(Request request, Handler next) {
        try {
            return next.handle(request);
        } catch (Exception failure) {
            return Failures.answer(request, failure);
        }
    }

    private static boolean isPreflight(Request request, Optional<String> origin) {
        return request.method().equals("OPTIONS")
                && origin.isPresent()
                && request.header("access-control-request-method").isPresent();
    }
}
