package dev.chassis.http.internal;

import dev.chassis.http.HttpServer;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;

/** A server on a free port, its application and its meters; stops with the test. */
final class TestServer implements AutoCloseable {

    final TestEndpoint.Paths paths = new TestEndpoint.Paths();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final HttpServer http;
    private final ArrayDeque<RawClient> clients = new ArrayDeque<>();

    TestServer(String... config) throws Exception {
        http = new HttpServer(TestConfig.of(config), paths);
        http.bindTo(meters);
        http.start(Deadline.after(Duration.ofSeconds(20)));
    }

    RawClient client() throws IOException {
        RawClient client = new RawClient(http.port());
        clients.add(client);
        return client;
    }

    double refused(String reason) {
        return meters.counter(HttpMeters.REFUSED, "reason", reason).count();
    }

    int connections() {
        return (int) meters.get(HttpMeters.CONNECTIONS).gauge().value();
    }

    int queued() {
        return (int) meters.get(HttpMeters.QUEUED).gauge().value();
    }

    @Override
    public void close() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        http.stop(Deadline.after(Duration.ofSeconds(10)));
    }
}
