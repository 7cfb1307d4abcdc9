package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.http.internal.Application;
import dev.chassis.http.internal.TestConfig;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpServerTest {

    private static final Application NOBODY = (method, path) -> {
        throw new IllegalStateException("no request is made in these tests");
    };

    private static HttpServer server(String... config) {
        return new HttpServer(TestConfig.of(config), NOBODY);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    @Test
    void isTheIngressCalledHttp() {
        HttpServer server = server();
        assertThat(server.name()).isEqualTo("http");
        assertThat(server.stage()).isEqualTo(Stage.INGRESS);
        assertThat(server.inFlight()).isZero();
        assertThat(server.quietFor()).isEqualTo(Component.NO_TRAFFIC);
    }

    @Test
    void hasThePortTheConfigurationSays() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        HttpServer server = server("port", Integer.toString(port));
        server.start(soon());
        assertThat(server.port()).isEqualTo(port);
        server.stop(soon());
    }

    @Test
    void namesKeyValueAndAddressOfAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpServer server = server("port", Integer.toString(taken.getLocalPort()));
            assertThatThrownBy(() -> server.start(soon()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("chassis.http.port: " + taken.getLocalPort() + " on 127.0.0.1")
                    .hasMessageContaining("in use");
            server.stop(soon());
        }
    }

    @Test
    void namesAHostThatIsNone() {
        assertThatThrownBy(() -> server("host", "no such host").start(soon()))
                .hasMessageContaining("chassis.http.host: no such host");
    }

    @Test
    void hasNoPortBeforeItHasStarted() {
        assertThatThrownBy(() -> server().port()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void drainsAndStopsInAnyState() throws Exception {
        HttpServer never = server();
        never.announce();
        never.drain().toCompletableFuture().get(20, TimeUnit.SECONDS);
        never.stop(soon());
        never.stop(soon());
        HttpServer server = server();
        server.start(soon());
        server.drain().toCompletableFuture().get(20, TimeUnit.SECONDS);
        server.stop(soon());
        server.stop(soon());
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        HttpServer server = server("io-threads", "3");
        server.start(soon());
        server.stop(soon());
        // A loop tells of its end from its own thread, which then still has to return.
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("io-")));
    }

    @Test
    void refusesAKeepAliveThatTheLoadBalancerOutlasts() {
        assertThatThrownBy(() -> server("keep-alive", "64s", "load-balancer-idle-timeout", "60s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chassis.http.keep-alive: PT1M4S")
                .hasMessageContaining("chassis.http.load-balancer-idle-timeout: PT1M")
                .hasMessageContaining("PT1M5S");
        assertThatCode(() -> server("keep-alive", "65s", "load-balancer-idle-timeout", "60s"))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesHalfOfTls() {
        assertThatThrownBy(() -> server("tls.certificate", "/cert.pem"))
                .hasMessageContaining("chassis.http.tls.private-key: not set")
                .hasMessageContaining("chassis.http.tls.certificate");
        assertThatThrownBy(() -> server("tls.private-key", "/key.pem"))
                .hasMessageContaining("chassis.http.tls.certificate: not set");
    }

    @Test
    void namesATlsFileThatIsNotThere() {
        HttpServer server = server("tls.certificate", "/nowhere/cert.pem", "tls.private-key", "/nowhere/key.pem");
        assertThatThrownBy(() -> server.start(soon()))
                .hasMessageContaining("chassis.http.tls.certificate: /nowhere/cert.pem");
    }

    @Test
    void hasTheDefaultsItDocuments() {
        HttpConfig config = TestConfig.mapped(Map.of());
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.ioThreads()).isZero();
        assertThat(config.acceptBacklog()).isEqualTo(1024);
        assertThat(config.maxConnections()).isEqualTo(10_000);
        assertThat(config.maxRequestLineBytes()).isEqualTo(8192);
        assertThat(config.maxHeaderBytes()).isEqualTo(16_384);
        assertThat(config.maxBodyBytes()).isEqualTo(1024 * 1024);
        assertThat(config.headerTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.bodyTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.writeTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.keepAlive()).isEqualTo(Duration.ofSeconds(75));
        assertThat(config.loadBalancerIdleTimeout()).isEmpty();
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.maxInFlight()).isEqualTo(256);
        assertThat(config.maxQueued()).isEqualTo(128);
        assertThat(config.queueTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.lingerTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.trustedProxies()).isZero();
        assertThat(config.compression().enabled()).isTrue();
        assertThat(config.compression().minBytes()).isEqualTo(1024);
        assertThat(config.tls().certificate()).isEmpty();
        assertThat(config.tls().privateKey()).isEmpty();
    }
}
