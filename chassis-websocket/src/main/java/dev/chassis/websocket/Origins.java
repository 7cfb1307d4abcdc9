package dev.chassis.websocket;

import dev.chassis.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may connect (RFC 6455, section 10.2): those of the service itself, and a list. Browsers send cookies along to anybody, so
 * without this any page could use the session of whoever looks at it. Immutable.
 */
final class Origins {

    private static final String ANY = "*";

    private final Set<String> allowed;

    /**
     * The service's own origin and these.
     *
     * @throws IllegalArgumentException if one of them is no origin
     */
    Origins(List<String> more) {
        for (String origin : more) {
            if (!origin.equals(ANY) && !origin.matches("[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#\\s]+")) {
                throw new IllegalArgumentException(
                        "origin: \"" + origin + "\" (expected: scheme://host[:port], without a path, or *)");
            }
        }
        allowed = more.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
    }

    boolean allows(Request request) {
        List<String> sent = request.headers().all("origin");
        if (sent.isEmpty() || allowed.contains(ANY)) {
            return true;
        }
        String origin = normal(sent.get(0));
        return sent.size() == 1
                && (allowed.contains(origin) || origin.equals(normal(request.scheme() + "://" + request.authority())));
    }

    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") && lower.endsWith(":80")) {
            return lower.substring(0, lower.length() - 3);
        }
        return lower.startsWith("https://") && lower.endsWith(":443") ? lower.substring(0, lower.length() - 4) : lower;
    }
}
