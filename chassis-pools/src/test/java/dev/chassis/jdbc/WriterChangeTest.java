package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import dev.chassis.testing.ManualTicker;
import dev.chassis.testing.MariaDbServer;
import dev.chassis.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WriterChangeTest {

    private static final SQLException READ_ONLY =
            new SQLException("cannot execute INSERT in a read-only transaction", "25006");

    @Test
    void allConnectionsGoAtMostOnceInFiveSeconds() {
        ManualTicker ticker = new ManualTicker();
        AtomicInteger evictions = new AtomicInteger();
        WriterChange change = new WriterChange("orders", false, ticker, evictions::incrementAndGet);
        assertThat(change.adjudicate(READ_ONLY)).isEqualTo(Override.MUST_EVICT);
        assertThat(change.adjudicate(READ_ONLY)).isEqualTo(Override.MUST_EVICT);
        ticker.advance(Duration.ofMillis(4_999));
        assertThat(change.adjudicate(READ_ONLY)).isEqualTo(Override.MUST_EVICT);
        assertThat(evictions).hasValue(1);
        ticker.advance(Duration.ofMillis(1));
        change.adjudicate(READ_ONLY);
        assertThat(evictions).hasValue(2);
    }

    @Test
    void aReadOnlyPoolKeepsItsConnections() {
        WriterChange change = new WriterChange("replica", true, new ManualTicker(), () -> {
            throw new AssertionError("evicted");
        });
        assertThat(change.adjudicate(READ_ONLY)).isEqualTo(Override.CONTINUE_EVICT);
    }

    @Test
    void whatADriverHasSwitchedOverIsKept() {
        WriterChange change = new WriterChange("orders", false, new ManualTicker(), () -> {});
        assertThat(change.adjudicate(new SQLException("switched", "08S02"))).isEqualTo(Override.DO_NOT_EVICT);
        assertThat(change.adjudicate(new SQLException("syntax", "42601"))).isEqualTo(Override.CONTINUE_EVICT);
    }

    @Test
    void writesGoToThePromotedReplicaSoonAfterTheOldWriterRefusesThem() throws Exception {
        try (PostgresServer old = PostgresServer.start();
                PostgresServer next = old.replica();
                TinyProxy endpoint = new TinyProxy(old.port())) {
            Trials.execute(old, "create table entry (id int)");
            String url = "jdbc:postgresql://127.0.0.1:" + endpoint.port() + "/postgres";
            JdbcPool pool = Trials.started(Trials.config(Trials.with(url, "postgres", "", Map.of("max-size", "4"))));
            try (Load load = new Load(4, () -> pool.inTransaction(WriterChangeTest::insert))) {
                Awaitility.await().until(() -> load.successes() > 20);
                Trials.execute(old, "alter system set default_transaction_read_only = on", "select pg_reload_conf()");
                endpoint.leadTo(next.port());
                next.promote();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() ->
                                Trials.number(Trials.connect(next), "select count(*) from entry where id = 2") > 20);
                load.end();
                assertThat(load.failures()).isNotEmpty().allMatch(failure -> "25006".equals(failure.getSQLState()));
            }
            Awaitility.await().until(() -> Trials.sessions(old) == 0);
            pool.stop(Trials.soon());
        }
    }

    /** Writes 1, or 2 on a server that was a replica. */
    private static int insert(Connection connection) throws SQLException {
        long timeline = Trials.number(connection, "select timeline_id from pg_control_checkpoint()");
        Trials.execute(connection, "insert into entry values (" + Math.min(timeline, 2) + ")");
        return 1;
    }

    @Test
    void aReplicaServesAReadOnlyPoolWhoseConnectionsStay() throws Exception {
        try (PostgresServer primary = PostgresServer.start();
                PostgresServer replica = primary.replica()) {
            JdbcPool pool = Trials.started(Trials.config(replica, Map.of("max-size", "1", "read-only", "true")));
            List<Integer> before = pool.query("select pg_backend_pid()", row -> row.getInt(1));
            try (Connection connection = pool.dataSource().getConnection()) {
                assertThat(connection.isReadOnly()).isTrue();
                assertThatThrownBy(() -> Trials.execute(connection, "create table entry (id int)"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                failure -> assertThat(failure.getSQLState()).isEqualTo("25006"));
            }
            assertThat(pool.query("select pg_backend_pid()", row -> row.getInt(1)))
                    .isEqualTo(before);
            pool.stop(Trials.soon());
        }
    }

    @Test
    void aMariaDbThatHasBecomeReadOnlyLosesItsConnections() throws Exception {
        try (MariaDbServer server = MariaDbServer.start()) {
            Trials.execute(
                    server,
                    "create user app identified by 'x'",
                    "grant select, insert on test.* to app",
                    "create table entry (id int)");
            JdbcPool pool =
                    Trials.started(Trials.config(Trials.with(server.url(), "app", "x", Map.of("max-size", "3"))));
            List<Long> first = pool.query(
                    "select max(id) from information_schema.processlist where user = 'app'", row -> row.getLong(1));
            Trials.execute(server, "set global read_only = on");
            assertThatThrownBy(() -> pool.inTransaction(connection -> {
                        Trials.execute(connection, "insert into entry values (1)");
                        return 1;
                    }))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getErrorCode()).isEqualTo(1290));
            Trials.execute(server, "set global read_only = off");
            Awaitility.await()
                    .until(() -> pool.query(
                                            "select min(id) from information_schema.processlist where user = 'app'",
                                            row -> row.getLong(1))
                                    .get(0)
                            > first.get(0));
            pool.inTransaction(connection -> {
                Trials.execute(connection, "insert into entry values (2)");
                return 1;
            });
            assertThat(pool.query("select id from entry", row -> row.getInt(1))).containsExactly(2);
            pool.stop(Trials.soon());
        }
    }

    @Test
    void noSessionOfMariaDbIsAborted() throws Exception {
        try (MariaDbServer server = MariaDbServer.start()) {
            JdbcPool pool = Trials.started(Trials.config(server, Map.of("max-size", "5")));
            assertThat(pool.query("select 42", row -> row.getInt(1))).containsExactly(42);
            pool.stop(Trials.soon());
            JdbcPool next = Trials.started(Trials.config(server, Map.of("max-size", "1")));
            assertThat(next.query("show global status like 'Aborted_clients'", row -> row.getInt(2)))
                    .containsExactly(0);
            next.stop(Trials.soon());
        }
    }
}
