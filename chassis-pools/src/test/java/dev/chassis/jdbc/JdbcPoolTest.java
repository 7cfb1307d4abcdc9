package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.health.Health;
import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import dev.chassis.testing.PostgresServer;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class JdbcPoolTest implements ComponentContract {

    private static PostgresServer server;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    public Component create() {
        return JdbcPool.of("orders", Trials.config(server, Map.of("max-size", "3")));
    }

    @Override
    public Optional<Component> createFailing() {
        return Optional.of(JdbcPool.of(
                "orders",
                Trials.config(Trials.with(server.url("nowhere"), server.user(), "", Map.of("max-size", "3")))));
    }

    @Test
    void isFullWhenItsStartReturns() throws Exception {
        JdbcPool pool = Trials.started(Trials.config(server, Map.of("max-size", "7")));
        try {
            Awaitility.await().until(() -> Trials.sessions(server) == 7); // Those of other tests may still be ending.
            Awaitility.await().until(() -> pool.health().detail().contains("total=7/7, active=0, idle=7"));
        } finally {
            pool.stop(Trials.soon());
        }
    }

    @Test
    void lendsWhatItsStartHasOpenedAndOpensNoMore() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        JdbcPool pool = JdbcPool.of("orders", Trials.config(server, Map.of("max-size", "7")))
                .withCredentials(() -> {
                    opened.incrementAndGet();
                    return new JdbcCredentials(server.user(), "");
                });
        pool.start(Trials.soon());
        List<Connection> borrowed = new ArrayList<>();
        try {
            assertThat(opened).hasValue(7);
            for (int i = 0; i < 7; i++) {
                borrowed.add(pool.dataSource().getConnection());
            }

            assertThat(opened).hasValue(7);
            assertThat(pool.health().detail()).contains("total=7/7", "active=7");
        } finally {
            for (Connection connection : borrowed) {
                connection.close();
            }
            pool.stop(Trials.soon());
        }
    }

    @Test
    void closesWhatItNeverLent() throws Exception {
        for (int i = 0; i < 10; i++) {
            JdbcPool pool = Trials.started(Trials.config(server, Map.of("max-size", "9")));

            pool.stop(Trials.soon()); // which fails if one had to be aborted
        }
        Awaitility.await().until(() -> Trials.sessions(server) == 0);
    }

    @Test
    void opensItsMinimumOnly() throws Exception {
        JdbcPool pool = Trials.started(Trials.config(server, Map.of("max-size", "7", "min-idle", "2")));
        try {
            Awaitility.await().until(() -> Trials.sessions(server) == 2);
        } finally {
            pool.stop(Trials.soon());
        }
    }

    @Test
    void runsTheWarmUpStatementOnEachConnection() throws Exception {
        Trials.execute(server, "create sequence warmed");
        JdbcPool pool = Trials.started(
                Trials.config(server, Map.of("max-size", "5", "warm-up-sql", "select nextval('warmed')")));
        try {
            assertThat(pool.query("select last_value from warmed", row -> row.getLong(1)))
                    .containsExactly(5L);
        } finally {
            pool.stop(Trials.soon());
        }
    }

    @Test
    void everySessionEndsWithAGoodbye() throws Exception {
        try (PostgresServer own = PostgresServer.start()) {
            JdbcPool pool = Trials.started(Trials.config(own, Map.of("max-size", "5")));
            pool.stop(Trials.soon());
            own.stop();
            assertThat(own.logLines()).noneMatch(line -> line.contains("unexpected EOF"));
            assertThat(own.logLines().stream().filter(line -> line.contains("disconnection: session time")))
                    .hasSize(5);
        }
    }

    @Test
    void waitsForWhatIsBorrowedBeforeItCloses() throws Exception {
        JdbcPool pool = Trials.started(Trials.config(server, Map.of("max-size", "2")));
        Connection borrowed = pool.dataSource().getConnection();
        Thread stopping = new Thread(() -> {
            try {
                pool.stop(Trials.soon());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopping.start();
        Awaitility.await().until(() -> Trials.sessions(server) == 1);
        assertThat(Trials.number(borrowed, "select 42")).isEqualTo(42);
        borrowed.close();
        stopping.join(20_000);
        assertThat(stopping.isAlive()).isFalse();
        Awaitility.await().until(() -> Trials.sessions(server) == 0); // A server ends a session after its client.
    }

    @Test
    void abortsWhatIsStillBorrowedAtTheDeadlineAndSaysSo() throws Exception {
        JdbcPool pool = Trials.started(Trials.config(server, Map.of("max-size", "2", "leak-threshold", "2s")));
        Connection borrowed = pool.dataSource().getConnection();
        assertThatThrownBy(() -> pool.stop(Deadline.after(Duration.ofMillis(500))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("pool orders", "still borrowed", "active=1", "JdbcPoolTest");
        assertThatThrownBy(() -> Trials.number(borrowed, "select 42")).isInstanceOf(SQLException.class);
        Awaitility.await().until(() -> Trials.sessions(server) == 0);
    }

    @Test
    void refusesToLendBeforeItsStartAndAfterItsStop() throws Exception {
        JdbcPool pool = JdbcPool.of("orders", Trials.config(server, Map.of("max-size", "1")));
        assertThatThrownBy(pool.dataSource()::getConnection).hasMessage("pool orders is not running");
        assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
        pool.start(Trials.soon());
        assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
        pool.stop(Trials.soon());
        assertThatThrownBy(pool.dataSource()::getConnection).hasMessage("pool orders is not running");
    }

    @Test
    void tellsWhoHoldsTheConnectionsWhenThereAreNoneLeft() throws Exception {
        JdbcPool pool = Trials.started(Trials.config(
                server,
                Map.of(
                        "max-size",
                        "1",
                        "borrow-timeout",
                        "300ms",
                        "validation-timeout",
                        "250ms",
                        "leak-threshold",
                        "5s")));
        try (Connection held = pool.dataSource().getConnection();
                var scope = new dev.chassis.context.Correlation("c-1", "0").open()) {
            assertThatThrownBy(pool.dataSource()::getConnection)
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasMessageContainingAll(
                            "pool orders: no connection within",
                            "total=1/1, active=1, idle=0",
                            "held by " + Thread.currentThread().getName(),
                            "borrowed at",
                            "JdbcPoolTest.tellsWhoHoldsTheConnectionsWhenThereAreNoneLeft");
            assertThat(held.isClosed()).isFalse();
        } finally {
            pool.stop(Trials.soon());
        }
    }

    @Test
    void aHolderIsNamedWithItsCorrelationAndForgottenWhenItGivesBack() throws Exception {
        JdbcPool pool = Trials.started(Trials.config(
                server,
                Map.of(
                        "max-size",
                        "1",
                        "borrow-timeout",
                        "300ms",
                        "validation-timeout",
                        "250ms",
                        "leak-threshold",
                        "5s")));
        Connection held;
        try (var scope = new dev.chassis.context.Correlation("first-7", "0").open()) {
            pool.dataSource().getConnection().close();
        }
        try (var scope = new dev.chassis.context.Correlation("second-8", "0").open()) {
            held = pool.dataSource().getConnection();
        }
        assertThatThrownBy(pool.dataSource()::getConnection)
                .hasMessageContaining("(second-8)")
                .message()
                .doesNotContain("first-7");
        held.close();
        pool.stop(Trials.soon());
    }

    @Test
    void aBusyPoolIsDegradedAndNotDown() throws Exception {
        JdbcPool pool = Trials.started(Trials.config(
                server, Map.of("max-size", "1", "borrow-timeout", "300ms", "validation-timeout", "250ms")));
        try {
            assertThat(pool.healthChecks().get(0).check().status()).isEqualTo(Health.Status.UP);
            try (Connection held = pool.dataSource().getConnection()) {
                assertThat(pool.healthChecks().get(0).check().status()).isEqualTo(Health.Status.DEGRADED);
                assertThat(pool.inFlight()).isEqualTo(1);
                assertThat(held.isClosed()).isFalse();
            }
            assertThat(pool.inFlight()).isZero();
        } finally {
            pool.stop(Trials.soon());
        }
    }

    @Test
    void hasTheMetersOfHikari() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        JdbcPool pool = JdbcPool.of("orders", Trials.config(server, Map.of("max-size", "2")));
        pool.bindTo(meters);
        pool.start(Trials.soon());
        try (Connection held = pool.dataSource().getConnection()) {
            assertThat(held.isClosed()).isFalse();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(meters.get("hikaricp.connections.active")
                                    .tag("pool", "orders")
                                    .gauge()
                                    .value())
                            .isEqualTo(1));
            assertThat(meters.get("hikaricp.connections.acquire").timer().count())
                    .isPositive();
        } finally {
            pool.stop(Trials.soon());
        }
    }

    @Test
    void commitsWhatReturnsAndRollsBackWhatThrows() throws Exception {
        Trials.execute(server, "create table entry (id int)");
        JdbcPool pool = Trials.started(Trials.config(server, Map.of("max-size", "1")));
        AtomicInteger runs = new AtomicInteger();
        try {
            int id = pool.inTransaction(connection -> {
                Trials.execute(connection, "insert into entry values (1)");
                return 1;
            });
            assertThat(id).isEqualTo(1);
            assertThatThrownBy(() -> pool.inTransaction(connection -> {
                        runs.incrementAndGet();
                        Trials.execute(connection, "insert into entry values (2)");
                        throw new IllegalArgumentException("no");
                    }))
                    .hasMessage("no");
            assertThat(runs).hasValue(1);
            assertThat(pool.query("select id from entry where id < ?", row -> row.getInt(1), 10))
                    .isEqualTo(List.of(1));
            try (Connection next = pool.dataSource().getConnection()) {
                assertThat(next.getAutoCommit()).isTrue();
            }
        } finally {
            pool.stop(Trials.soon());
        }
    }

    @Test
    void givesOutTheConnectionOfTheDriverToWhoAsksForIt() throws Exception {
        JdbcPool pool = Trials.started(Trials.config(server, Map.of("max-size", "1")));
        try (Connection connection = pool.dataSource().getConnection()) {
            // By its name: javac on 25 cannot read all annotations of the driver's classes.
            Class<?> driversOwn = Class.forName("org.postgresql.PGConnection");
            assertThat(connection.isWrapperFor(driversOwn)).isTrue();
            assertThat(connection.unwrap(driversOwn)).isInstanceOf(driversOwn);
        } finally {
            pool.stop(Trials.soon());
        }
    }
}
