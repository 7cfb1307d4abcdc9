package dev.chassis.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One side speaks TLS and the other does not. */
final class TlsMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The type of a TLS record that carries an alert (RFC 8446, section 5.1). */
    private static final int ALERT = 0x15;

    private TlsMismatchException(String message) {
        super(message);
    }

    /** Asks a server in plain text and looks at the first byte of its answer. Empty if that settles nothing. Blocks. */
    static Optional<TlsMismatchException> ifAny(Address address, Duration timeout) {
        int first = firstByte(address, (int) timeout.toMillis());
        if (address.tls() && (first == '+' || first == '-')) {
            return Optional.of(
                    new TlsMismatchException("the server does not speak TLS (expected: redis://, not rediss://)"));
        }
        if (!address.tls() && first == ALERT) {
            return Optional.of(
                    new TlsMismatchException("the server speaks TLS only (expected: rediss://, not redis://)"));
        }
        return Optional.empty();
    }

    /** -1 if there is none. */
    private static int firstByte(Address address, int timeoutMillis) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }
}
