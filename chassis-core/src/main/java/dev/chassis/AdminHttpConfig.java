package dev.chassis;

import dev.chassis.admin.AdminConfig;
import dev.chassis.http.HttpConfig;
import java.time.Duration;
import java.util.Optional;

/** How the admin port is served: few connections, one event loop, no proxy trusted, no TLS; limits and time-outs as on the main port. */
final class AdminHttpConfig implements HttpConfig {

    private static final int CONNECTIONS = 64;
    private static final int HANDLERS = 8;

    private final AdminConfig admin;
    private final HttpConfig main;

    AdminHttpConfig(AdminConfig admin, HttpConfig main) {
        this.admin = admin;
        this.main = main;
    }

    @Override
    public String host() {
        return admin.host();
    }

    @Override
    public int port() {
        return admin.port();
    }

    @Override
    public int ioThreads() {
        return 1;
    }

    @Override
    public int acceptBacklog() {
        return CONNECTIONS;
    }

    @Override
    public int maxConnections() {
        return CONNECTIONS;
    }

    @Override
    public int maxRequestLineBytes() {
        return main.maxRequestLineBytes();
    }

    @Override
    public int maxHeaderBytes() {
        return main.maxHeaderBytes();
    }

    @Override
    public long maxBodyBytes() {
        return main.maxBodyBytes();
    }

    @Override
    public Duration headerTimeout() {
        return main.headerTimeout();
    }

    @Override
    public Duration bodyTimeout() {
        return main.bodyTimeout();
    }

    @Override
    public Duration writeTimeout() {
        return main.writeTimeout();
    }

    @Override
    public Duration keepAlive() {
        return main.keepAlive();
    }

    @Override
    public Optional<Duration> loadBalancerIdleTimeout() {
        return Optional.empty();
    }

    @Override
    public Duration requestTimeout() {
        return main.requestTimeout();
    }

    @Override
    public int maxInFlight() {
        return HANDLERS;
    }

    @Override
    public int maxQueued() {
        return CONNECTIONS;
    }

    @Override
    public Duration queueTimeout() {
        return main.queueTimeout();
    }

    @Override
    public Duration retryAfter() {
        return main.retryAfter();
    }

    @Override
    public Duration lingerTimeout() {
        return main.lingerTimeout();
    }

    @Override
    public int trustedProxies() {
        return 0;
    }

    @Override
    public Events events() {
        return main.events();
    }

    @Override
    public Compression compression() {
        return main.compression();
    }

    @Override
    public Tls tls() {
        return PlainText.INSTANCE;
    }

    /** No certificate, no key. */
    private enum PlainText implements Tls {
        INSTANCE;

        @Override
        public Optional<String> certificate() {
            return Optional.empty();
        }

        @Override
        public Optional<String> privateKey() {
            return Optional.empty();
        }
    }
}
