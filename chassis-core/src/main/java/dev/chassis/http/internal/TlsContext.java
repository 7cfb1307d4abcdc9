package dev.chassis.http.internal;

import dev.chassis.http.HttpConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** TLS as configured, with the JDK's implementation: none of ours runs where the load balancer ends it. */
final class TlsContext {

    private static final String CERTIFICATE = "chassis.http.tls.certificate";
    private static final String PRIVATE_KEY = "chassis.http.tls.private-key";

    private TlsContext() {}

    /**
     * Whether TLS is on.
     *
     * @throws IllegalArgumentException if only one of the two files is named
     */
    static boolean isConfigured(HttpConfig.Tls tls) {
        if (tls.certificate().isPresent() != tls.privateKey().isPresent()) {
            String there = tls.certificate().isPresent() ? CERTIFICATE : PRIVATE_KEY;
            String missing = tls.certificate().isPresent() ? PRIVATE_KEY : CERTIFICATE;
            throw new IllegalArgumentException(
                    missing + ": not set, but " + there + " is (expected: both for TLS, neither without)");
        }
        return tls.certificate().isPresent();
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if they cannot be used
     */
    static Optional<SslContext> load(HttpConfig.Tls tls) {
        if (!isConfigured(tls)) {
            return Optional.empty();
        }
        File certificate = file(CERTIFICATE, tls.certificate().orElseThrow());
        File key = file(PRIVATE_KEY, tls.privateKey().orElseThrow());
        try {
            return Optional.of(SslContextBuilder.forServer(certificate, key)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build());
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    CERTIFICATE + ": " + certificate + ", " + PRIVATE_KEY + ": " + key
                            + " do not make a key pair (expected: a PEM chain and its unencrypted PKCS #8 key)",
                    e);
        }
    }

    private static File file(String key, String path) {
        File file = new File(path);
        if (!file.canRead()) {
            throw new IllegalArgumentException(key + ": " + path + " (expected: a file that can be read)");
        }
        return file;
    }
}
