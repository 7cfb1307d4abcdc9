package dev.chassis.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The engine behind {@code DOCKER_HOST}, asked before Testcontainers is, which takes minutes to find out that there is none. Immutable.
 *
 * @param address where it is: {@code unix:///var/run/docker.sock} or {@code tcp://host:port}
 */
record DockerEngine(String address) {

    private static final String USUAL = "unix:///var/run/docker.sock";
    private static final Duration LIMIT = Duration.ofSeconds(2);
    // Docker Engine API, "Ping": answers OK without a version in the path.
    private static final String PING = "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";

    /** The one this process is told of, else the usual. */
    static DockerEngine here() {
        String told = System.getenv("DOCKER_HOST");
        return new DockerEngine(told == null || told.isEmpty() ? USUAL : told);
    }

    /** Returns if it answers soon. */
    void ping() throws Unavailable {
        String answer = Bounded.call("the Docker engine at " + address, LIMIT, this::ask);
        if (!answer.contains(" 200 ")) {
            throw new Unavailable("the Docker engine at " + address + " answers " + answer);
        }
    }

    private String ask() throws IOException {
        URI uri = URI.create(address);
        try (SocketChannel channel = open(uri)) {
            channel.write(ByteBuffer.wrap(PING.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer head = ByteBuffer.allocate(64);
            while (head.hasRemaining() && channel.read(head) >= 0) {}
            String text = new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII);
            return text.lines().findFirst().orElse("nothing");
        }
    }

    private static SocketChannel open(URI uri) throws IOException {
        String scheme = uri.getScheme();
        SocketAddress target = target(scheme, uri);
        SocketChannel channel =
                "unix".equals(scheme) ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.connect(target);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static SocketAddress target(@Nullable String scheme, URI uri) throws IOException {
        if ("unix".equals(scheme)) {
            return UnixDomainSocketAddress.of(uri.getPath());
        }
        if ("tcp".equals(scheme)) {
            return new InetSocketAddress(uri.getHost(), uri.getPort());
        }
        throw new IOException("not asked (expected: unix://… or tcp://host:port)");
    }
}
