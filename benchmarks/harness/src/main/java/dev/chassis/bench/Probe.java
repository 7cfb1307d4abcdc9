package dev.chassis.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks one route for its status, each time on a new connection, as a load balancer checks a target. */
final class Probe {
    /** The status when there was no answer at all. */
    static final int NONE = -1;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int STATUS_LINE_BYTES = "HTTP/1.1 200".length();

    private final InetSocketAddress address;
    private final byte[] request;

    Probe(int port, String path) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The status code, or {@link #NONE}. */
    int status() {
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) TIMEOUT.toMillis());
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write(request);
            return readStatus(socket.getInputStream());
        } catch (IOException e) {
            return NONE;
        }
    }

    private static int readStatus(InputStream in) throws IOException {
        String line = new String(in.readNBytes(STATUS_LINE_BYTES), StandardCharsets.US_ASCII);
        return line.length() == STATUS_LINE_BYTES ? Integer.parseInt(line.substring(9)) : NONE;
    }
}
