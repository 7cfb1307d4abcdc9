package dev.chassis.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what across origins, and the headers that say so.
 *
 * @param origins the origins allowed; empty for all
 * @param methods the value of the header, as the others: joined once, empty for none
 * @param maxAge in seconds, empty for the browser's choice
 */
record CorsRules(
        Set<String> origins, String methods, String headers, String exposed, boolean credentials, String maxAge) {

    private static final String ALLOW_ORIGIN = "access-control-allow-origin";
    private static final String DEFAULT_METHODS = "GET, HEAD, POST";

    static CorsRules any() {
        return new CorsRules(Set.of(), DEFAULT_METHODS, "", "", false, "");
    }

    static CorsRules of(String... origins) {
        if (origins.length == 0) {
            throw new IllegalArgumentException("origins: none (expected: at least one, or anyOrigin())");
        }
        for (String origin : origins) {
            checkOrigin(origin);
        }
        return new CorsRules(Set.of(origins), DEFAULT_METHODS, "", "", false, "");
    }

    static String tokens(String what, String... tokens) {
        for (String token : tokens) {
            if (!HeaderRules.isToken(token) || token.equals("*")) {
                throw new IllegalArgumentException(what + ": \"" + token + "\" (expected: a token, not \"*\")");
            }
        }
        return String.join(", ", tokens);
    }

    CorsRules withMethods(String methods) {
        return new CorsRules(origins, methods, headers, exposed, credentials, maxAge);
    }

    CorsRules withHeaders(String headers) {
        return new CorsRules(origins, methods, headers, exposed, credentials, maxAge);
    }

    CorsRules withExposed(String exposed) {
        return new CorsRules(origins, methods, headers, exposed, credentials, maxAge);
    }

    CorsRules withCredentials() {
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("credentials: for any origin (expected: a list of origins)");
        }
        return new CorsRules(origins, methods, headers, exposed, true, maxAge);
    }

    CorsRules withMaxAge(Duration maxAge) {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge: " + maxAge + " (expected: zero or more)");
        }
        return new CorsRules(origins, methods, headers, exposed, credentials, Long.toString(maxAge.toSeconds()));
    }

    /** The answer to a preflight. One that is not allowed gets no permission, which is the browser's sign to stop. */
    Response preflight(String origin) {
        Response answer = shared(Response.noContent(), Optional.of(origin));
        if (!isAllowed(origin)) {
            return answer;
        }
        answer = add(answer, "access-control-allow-methods", methods);
        answer = add(answer, "access-control-allow-headers", headers);
        return add(answer, "access-control-max-age", maxAge);
    }

    /** An answer that the page may read, if its origin is allowed. */
    Response decorate(Optional<String> origin, Response response) {
        Response answer = shared(response, origin);
        boolean allowed = origin.isPresent() && isAllowed(origin.get());
        return allowed ? add(answer, "access-control-expose-headers", exposed) : answer;
    }

    /** {@code Vary} is there even without an origin: a cache must not give that answer to a page that has one. */
    private Response shared(Response response, Optional<String> origin) {
        if (origins.isEmpty()) {
            return response.header(ALLOW_ORIGIN, "*");
        }
        Response answer = response.header("vary", "Origin");
        if (origin.isEmpty() || !isAllowed(origin.get())) {
            return answer;
        }
        answer = answer.header(ALLOW_ORIGIN, origin.get());
        return credentials ? answer.header("access-control-allow-credentials", "true") : answer;
    }

    private boolean isAllowed(String origin) {
        return origins.isEmpty() || origins.contains(origin);
    }

    private static Response add(Response response, String header, String value) {
        return value.isEmpty() ? response : response.header(header, value);
    }

    /** {@code null} is refused with the rest: any page can send it from a sandboxed frame. */
    private static void checkOrigin(String origin) {
        if (!isOrigin(origin)) {
            throw new IllegalArgumentException("origin: \"" + origin
                    + "\" (expected: scheme://host or scheme://host:port in lower case, without a path or a slash)");
        }
    }

    private static boolean isOrigin(String origin) {
        try {
            URI uri = URI.create(origin);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getHost() != null
                    && origin.equals((uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
