package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.testing.MariaDbServer;
import dev.chassis.testing.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StartFailuresTest {

    private static Throwable startOf(String url, String user, String password) {
        return startOf(url, user, password, Map.of());
    }

    private static Throwable startOf(String url, String user, String password, Map<String, String> more) {
        JdbcPool pool = JdbcPool.of("orders", Trials.config(Trials.with(url, user, password, more)));
        return catchThrowable(() -> pool.start(Trials.soon()));
    }

    @Test
    void aWrongPasswordOrUserOrDatabaseOfPostgresIsFinal() {
        try (PostgresServer server = PostgresServer.settings().password("right").start()) {
            assertThat(startOf(server.url(), server.user(), "wrong-secret"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("pool orders", server.url(), "the log-in was refused", "28P01")
                    .message()
                    .doesNotContain("wrong-secret");
            assertThat(startOf(server.url(), "nobody", "x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the log-in was refused");
            assertThat(startOf(server.url("nowhere"), server.user(), "right"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("3D000");
            assertThat(startOf(server.url() + "?sslmode=require", server.user(), "right"))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(startOf(
                            server.url(), server.user(), "right", Map.of("warm-up-sql", "select from nowhere where")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("42");
        }
    }

    @Test
    void tooManyConnectionsToPostgresIsPassingAndHoldsNothing() throws Exception {
        try (PostgresServer server = PostgresServer.settings()
                .set("max_connections", "6")
                .set("superuser_reserved_connections", "1")
                .set("max_wal_senders", "0")
                .start()) {
            assertThat(startOf(server.url(), server.user(), "", Map.of("max-size", "8")))
                    .isInstanceOf(TransientFailureException.class)
                    .hasMessageContaining("53300");
            org.awaitility.Awaitility.await()
                    .ignoreExceptions() // to ask needs one of those connections that are just ending
                    .until(() -> Trials.sessions(server) == 0);
        }
    }

    @Test
    void aServerThatIsAwayIsPassing() {
        try (PostgresServer server = PostgresServer.start()) {
            server.stop();
            assertThat(startOf(server.url(), server.user(), ""))
                    .isInstanceOf(TransientFailureException.class)
                    .hasMessageContaining("this may pass");
        }
    }

    @Test
    void aServerThatNeverAnswersIsPassing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String port = "127.0.0.1:" + silent.getLocalPort();
            Map<String, String> quick = Map.of("connect-timeout", "1s");
            assertThat(startOf("jdbc:postgresql://" + port + "/test", "x", "", quick))
                    .isInstanceOf(TransientFailureException.class);
            assertThat(startOf("jdbc:mariadb://" + port + "/test", "x", "", quick))
                    .isInstanceOf(TransientFailureException.class);
        }
    }

    @Test
    void theStartEndsByItsDeadlineThoughTheServerNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            JdbcPool pool = JdbcPool.of(
                    "orders",
                    Trials.config(Map.of(
                            "url",
                            "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/test",
                            "connect-timeout",
                            "5m")));
            assertThatThrownBy(() -> pool.start(dev.chassis.time.Deadline.after(java.time.Duration.ofMillis(300))))
                    .isInstanceOf(TransientFailureException.class)
                    .hasMessageContaining("only 0 of 10 connections opened in time");
        }
    }

    @Test
    void whatMariaDbRefusesForGoodIsFinalAndTheRestIsPassing() throws Exception {
        try (MariaDbServer server =
                MariaDbServer.settings().set("max-connections", "10").start()) {
            assertThat(startOf(server.url(), server.user(), "wrong-secret"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("the log-in was refused", "1045")
                    .message()
                    .doesNotContain("wrong-secret");
            assertThat(startOf(server.url() + "x", server.user(), ""))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("1049");
            assertThat(startOf(server.url(), server.user(), "", Map.of("max-size", "20")))
                    .isInstanceOf(TransientFailureException.class)
                    .hasMessageContaining("1040");
            server.stop();
            assertThat(startOf(server.url(), server.user(), "")).isInstanceOf(TransientFailureException.class);
        }
    }

    @Test
    void aPostgresThatIsStillStartingIsPassing() throws Exception {
        // A standby that accepts no reads is "starting up" (57P03) for ever.
        try (PostgresServer primary =
                        PostgresServer.settings().set("hot_standby", "off").start();
                PostgresServer standby = primary.replica()) {
            assertThat(startOf(standby.url(), standby.user(), ""))
                    .isInstanceOf(TransientFailureException.class)
                    .hasMessageContaining("57P03");
        }
    }

    @Test
    void aHostNobodyKnowsIsNotTakenForOneThatIsAway() {
        Throwable failure = startOf("jdbc:postgresql://no-such-host.invalid:5432/test", "x", "");
        boolean resolverIsAway =
                org.assertj.core.util.Throwables.getStackTrace(failure).contains("Temporary failure");
        assertThat(failure)
                .isInstanceOf(resolverIsAway ? TransientFailureException.class : IllegalStateException.class);
    }

    @Test
    void aCertificateNobodyTrustsIsFinalAndOneThatIsNotLookedAtIsNot() throws Exception {
        try (PostgresServer server = PostgresServer.settings().tls().start()) {
            assertThat(startOf(
                            server.url() + "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
                            "postgres",
                            ""))
                    .isInstanceOf(IllegalStateException.class);
            JdbcPool pool = Trials.started(
                    Trials.config(Trials.with(server.url() + "?sslmode=require", "postgres", "", Map.of())));
            assertThat(pool.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()", row -> row.getBoolean(1)))
                    .containsExactly(true);
            pool.stop(Trials.soon());
        }
    }

    @Test
    void anEmbeddedH2NeedsNoServer() throws Exception {
        JdbcPool pool = Trials.started(Trials.config(Map.of("url", "jdbc:h2:mem:start;DB_CLOSE_DELAY=-1")));
        try (Connection connection = pool.dataSource().getConnection()) {
            assertThat(Trials.number(connection, "select 42")).isEqualTo(42);
        } finally {
            pool.stop(Trials.soon());
        }
    }
}
