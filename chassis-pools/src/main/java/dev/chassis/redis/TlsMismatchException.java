package dev.chassis.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One side speaks TLS and the other does not. */
final class TlsMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private TlsMismatchException(String message) {
        super(message);
    }

    /** Asks a server in the other way. Empty if that settles nothing. Blocks. */
    static Optional<TlsMismatchException> ifAny(Address address, Duration timeout) {
        int millis = (int) timeout.toMillis();
        if (address.tls()) {
            return answersInPlainText(address, millis)
                    ? Optional.of(new TlsMismatchException(
                            "the server does not speak TLS (expected: redis://, not rediss://)"))
                    : Optional.empty();
        }
        return showsACertificate(address, millis)
                ? Optional.of(
                        new TlsMismatchException("the server speaks TLS only (expected: rediss://, not redis://)"))
                : Optional.empty();
    }

    private static boolean answersInPlainText(Address address, int millis) {
        try (Socket socket = connect(address, millis)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            int first = socket.getInputStream().read();
            return first == '+' || first == '-';
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether we would trust it does not matter here. */
    private static boolean showsACertificate(Address address, int millis) {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (Socket plain = connect(address, millis);
                SSLSocket socket = (SSLSocket) factory.createSocket(plain, address.host(), address.port(), true)) {
            socket.startHandshake();
            return true;
        } catch (IOException e) {
            return e.getCause() instanceof CertificateException;
        }
    }

    private static Socket connect(Address address, int millis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address.host(), address.port()), millis);
            socket.setSoTimeout(millis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
