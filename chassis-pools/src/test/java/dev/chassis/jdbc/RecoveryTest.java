package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.Chassis;
import dev.chassis.RunningService;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.testing.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class RecoveryTest {

    private final HttpClient client = HttpClient.newHttpClient();

    private static Map<String, String> keys(PostgresServer server, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "chassis.http.port", "0",
                "chassis.admin.port", "0",
                "chassis.drain.quiet-period", "0s",
                "chassis.jdbc.url", server.url(),
                "chassis.jdbc.user", server.user()));
        keys.putAll(more);
        return keys;
    }

    private int status(RunningService service, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + path);
        return client.send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aServerThatIsKilledAndRestartedUnderLoadIsUsedAgainAndNothingLeaks() throws Exception {
        AtomicReference<JdbcPool> pool = new AtomicReference<>();
        try (PostgresServer server = PostgresServer.start()) {
            RunningService service =
                    Chassis.start("orders", keys(server, Map.of("chassis.jdbc.max-size", "4")), parts -> {
                        pool.set(parts.add(JdbcPool.from(parts)));
                        parts.http(routes -> routes.get("/", request -> Response.text("hello")));
                    });
            JdbcPool db = java.util.Objects.requireNonNull(pool.get());
            try (Load load = new Load(8, () -> db.query("select 1", row -> row.getInt(1)))) {
                Awaitility.await().until(() -> load.successes() > 100);
                server.kill();
                Awaitility.await().until(() -> !load.failures().isEmpty());
                assertThat(status(service, "/livez")).isEqualTo(200);
                assertThat(status(service, "/readyz")).isEqualTo(200);
                server.restart();
                int before = load.successes();
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> load.successes() > before + 100);
                assertThat(load.end()).as("every thread ended").isTrue();
            }
            assertThat(db.inFlight()).isZero();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Trials.number(
                                    Trials.connect(server),
                                    "select count(*) from pg_stat_activity where application_name = 'orders'")
                            == 4);
            assertThat(service.drain("test").toCompletableFuture().get().verdict())
                    .isEqualTo(DrainReport.Verdict.CLEAN);
        }
    }

    @Test
    void noQueryFailsBecauseThePoolClosedFirst() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        try (PostgresServer server = PostgresServer.start()) {
            RunningService service =
                    Chassis.start("orders", keys(server, Map.of("chassis.jdbc.max-size", "4")), parts -> {
                        JdbcPool db = parts.add(JdbcPool.from(parts));
                        parts.http(routes -> routes.get("/", request -> {
                            try {
                                db.query("select pg_sleep(0.05)", row -> 1);
                                served.incrementAndGet();
                                return Response.text("done");
                            } catch (SQLException e) {
                                failed.incrementAndGet();
                                throw e;
                            }
                        }));
                    });
            try (Load load = new Load(8, () -> askOrFail(service))) {
                Awaitility.await().until(() -> served.get() > 50);
                DrainReport report = service.drain("test").toCompletableFuture().get();
                assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
                assertThat(report.inFlightAtStart()).containsKey("jdbc");
                load.end();
            }
            assertThat(failed).hasValue(0);
            server.stop();
            assertThat(server.logLines()).noneMatch(line -> line.contains("unexpected EOF"));
        }
    }

    private void askOrFail(RunningService service) throws SQLException {
        try {
            status(service, "/");
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // The listener is closed at last: that is what a load balancer is for, and not what is tested here.
        }
    }

    @Test
    void aRotationOfThePasswordUnderLoadFailsNoBorrow() throws Exception {
        try (PostgresServer server = PostgresServer.settings().password("p0").start()) {
            AtomicReference<JdbcCredentials> current = new AtomicReference<>(new JdbcCredentials("postgres", "p0"));
            AtomicInteger asked = new AtomicInteger();
            JdbcPool pool = JdbcPool.of("orders", Trials.config(Map.of("url", server.url(), "max-size", "4")))
                    .withCredentials(() -> {
                        asked.incrementAndGet();
                        return current.get();
                    });
            pool.start(Trials.soon());
            assertThat(asked).hasValue(4);
            try (Connection admin = pool.dataSource().getConnection();
                    Load load = new Load(8, () -> pool.query("select 1", row -> row.getInt(1)))) {
                for (int i = 1; i <= 5; i++) {
                    int before = load.successes();
                    Trials.execute(admin, "alter role postgres password 'p" + i + "'");
                    pool.renew(); // new connections are refused until the next line
                    current.set(new JdbcCredentials("postgres", "p" + i));
                    Awaitility.await().until(() -> load.successes() > before + 200);
                }
                assertThat(load.end()).isTrue();
                assertThat(load.failures()).isEmpty();
            }
            assertThat(asked).hasValueGreaterThan(8);
            pool.stop(Trials.soon());
        }
    }

    @Test
    void aRefusedLogInIsTriedOnceMoreWithCredentialsThatAreNew() throws Exception {
        try (PostgresServer server = PostgresServer.settings().password("new").start()) {
            AtomicInteger asked = new AtomicInteger();
            JdbcPool pool = JdbcPool.of("orders", Trials.config(Map.of("url", server.url(), "max-size", "1")))
                    .withCredentials(
                            () -> new JdbcCredentials("postgres", asked.getAndIncrement() == 0 ? "old" : "new"));
            pool.start(Trials.soon());
            assertThat(asked).hasValue(2);
            pool.stop(Trials.soon());
        }
    }

    @Test
    void credentialsThatAreTheSameAreNotTriedTwice() {
        try (PostgresServer server = PostgresServer.settings().password("right").start()) {
            JdbcPool pool = JdbcPool.of("orders", Trials.config(Map.of("url", server.url())))
                    .withCredentials(() -> new JdbcCredentials("postgres", "wrong"));
            assertThatThrownBy(() -> pool.start(Trials.soon())).hasMessageContaining("28P01");
            assertThat(server.logLines().stream().filter(line -> line.contains("password authentication failed")))
                    .hasSize(1);
        }
    }

    @Test
    void aServerThatHangsIsNoticedWhileAStatementRunsAndBeforeAConnectionIsLent() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                TinyProxy proxy = new TinyProxy(server.port())) {
            Map<String, String> more = Map.of("max-size", "2", "socket-timeout", "1s", "connect-timeout", "1s");
            String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres";
            JdbcPool pool = Trials.started(Trials.config(Trials.with(url, "postgres", "", more)));
            try (Connection held = pool.dataSource().getConnection()) {
                proxy.freeze();
                assertThatThrownBy(() -> Trials.number(held, "select 1")).isInstanceOf(SQLException.class);
                assertThatThrownBy(pool.dataSource()::getConnection).isInstanceOf(SQLException.class);
                assertThat(pool.healthChecks().get(0).check().status())
                        .isEqualTo(dev.chassis.health.Health.Status.DOWN);
            }
            proxy.thaw();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> pool.query("select 42", row -> row.getInt(1)).get(0) == 42);
            pool.stop(Trials.soon());
        }
    }

    @Test
    void aServerThatIsPausedMakesTheStartPassingAndIsUsedWhenItGoesOn() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            JdbcPool pool =
                    JdbcPool.of("orders", Trials.config(server, Map.of("max-size", "2", "connect-timeout", "1s")));
            server.pause();
            assertThatThrownBy(() -> pool.start(Trials.soon()))
                    .isInstanceOf(dev.chassis.lifecycle.TransientFailureException.class);
            server.resume();
            pool.start(Trials.soon());
            assertThat(pool.query("select 42", row -> row.getInt(1))).containsExactly(42);
            pool.stop(Trials.soon());
        }
    }
}
