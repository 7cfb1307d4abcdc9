package dev.chassis.messaging;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** A node of the broker as it is configured: a name, or a literal address, and a port. Immutable. */
record HostPort(String host, int port) {

    private static final int MAX_PORT = 65_535;

    /** Whether {@link #parse} can read it: {@code host:port}, {@code [::1]:port}, and nothing else. */
    static boolean isValid(String text) {
        try {
            URI uri = new URI("amqp://" + text);
            return uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPort() <= MAX_PORT
                    && uri.getUserInfo() == null
                    && uri.getPath().isEmpty()
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Reads what {@link #isValid} accepts. */
    static HostPort parse(String text) {
        URI uri = URI.create("amqp://" + text);
        return new HostPort(uri.getHost(), uri.getPort());
    }

    /**
     * Every address the name has now, each still carrying the name, which TLS compares with the certificate. Blocks.
     *
     * @throws UnknownHostException if it has none
     */
    List<InetSocketAddress> resolve() throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(unbracketed()))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private String unbracketed() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
