package dev.chassis.redis;

import java.net.URI;
import java.net.URISyntaxException;

/** A host, a port and whether it speaks TLS. */
record Address(String host, int port, boolean tls) {

    private static final int DEFAULT_PORT = 6379;

    static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return ("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && isPort(port(uri))
                    && isEmpty(uri.getUserInfo())
                    && (isEmpty(uri.getPath()) || "/".equals(uri.getPath()))
                    && isEmpty(uri.getQuery())
                    && isEmpty(uri.getFragment());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static boolean isHostAndPort(String text) {
        return isUrl("redis://" + text) && URI.create("redis://" + text).getPort() > 0;
    }

    /** Reads what {@link #isUrl} accepts. */
    static Address ofUrl(String url) {
        URI uri = URI.create(url);
        return new Address(uri.getHost(), port(uri), "rediss".equals(uri.getScheme()));
    }

    /** Reads what {@link #isHostAndPort} accepts. */
    static Address ofHostAndPort(String text, boolean tls) {
        return ofUrl((tls ? "rediss://" : "redis://") + text);
    }

    private static int port(URI uri) {
        return uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
    }

    private static boolean isPort(int port) {
        return port > 0 && port <= 65_535;
    }

    private static boolean isEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isEmpty();
    }

    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port;
    }
}
