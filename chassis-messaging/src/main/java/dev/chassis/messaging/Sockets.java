package dev.chassis.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Opens sockets to the broker, with and without TLS. Immutable and thread-safe. */
final class Sockets {

    private final RabbitConfig config;
    private final @Nullable SSLContext tls;

    private Sockets(RabbitConfig config, @Nullable SSLContext tls) {
        this.config = config;
        this.tls = tls;
    }

    /**
     * Sockets as the configuration says.
     *
     * @throws IOException if the file with the certificates cannot be read
     * @throws GeneralSecurityException if there are none in it that Java understands
     */
    static Sockets of(RabbitConfig config) throws IOException, GeneralSecurityException {
        return new Sockets(config, config.tls().enabled() ? context(config.tls()) : null);
    }

    /**
     * Connects, and shakes hands where there is TLS. Blocks up to the connect and the handshake time-out.
     *
     * @param created told of the TCP socket before it connects, so that somebody else can close it
     */
    Wire open(InetSocketAddress address, Consumer<Socket> created) throws IOException {
        BurstSocket tcp = new BurstSocket();
        try {
            created.accept(tcp);
            tcp.setTcpNoDelay(true);
            tcp.connect(address, millis(config.connectTimeout()));
            tcp.setSoTimeout(millis(config.handshakeTimeout()));
            return new Wire(tls == null ? tcp : encrypted(tcp, address, tls), tcp);
        } catch (IOException | RuntimeException e) {
            close(tcp);
            throw e;
        }
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    static int millis(Duration duration) {
        return (int) Math.max(1, duration.toMillis());
    }

    private static SSLSocket encrypted(Socket tcp, InetSocketAddress address, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(tcp, address.getHostString(), address.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 2818, section 3.1: the name must match
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context(RabbitConfig.Tls tls) throws IOException, GeneralSecurityException {
        if (tls.caCertificate().isEmpty()) {
            return SSLContext.getDefault();
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates(Path.of(tls.caCertificate().get())));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore certificates(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
        }
        return store;
    }
}
