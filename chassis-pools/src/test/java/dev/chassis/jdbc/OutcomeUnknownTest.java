package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OutcomeUnknownTest {

    private PostgresServer server;
    private TinyProxy proxy;
    private JdbcPool pool;

    @BeforeEach
    void start() throws Exception {
        server = PostgresServer.start();
        proxy = new TinyProxy(server.port());
        Trials.execute(server, "create table entry (id int)");
        String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres";
        pool = Trials.started(Trials.config(Trials.with(url, "postgres", "", Map.of("max-size", "2"))));
    }

    @AfterEach
    void stop() throws Exception {
        pool.stop(Trials.soon());
        proxy.close();
        server.close();
    }

    private long entries() throws SQLException {
        try (Connection connection = Trials.connect(server)) {
            return Trials.number(connection, "select count(*) from entry");
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsUnknownAndNotTriedAgain() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> pool.inTransaction(connection -> {
                    runs.incrementAndGet();
                    Trials.execute(connection, "insert into entry values (1)");
                    proxy.loseNextAnswer();
                    return 1;
                }))
                .isInstanceOfSatisfying(
                        OutcomeUnknownException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("08007"));
        assertThat(runs).hasValue(1);
        assertThat(entries()).as("it was committed, which nobody was told").isEqualTo(1);
        assertThat(pool.query("select 42", row -> row.getInt(1))).containsExactly(42);
    }

    @Test
    void aFrameworkThatCommitsByItselfIsToldTheSame() throws Exception {
        try (Connection connection = pool.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Trials.execute(connection, "insert into entry values (1)");
            proxy.loseNextAnswer();
            assertThatThrownBy(connection::commit).isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    void aCommitByGoingBackToAutoCommitIsACommit() throws Exception {
        try (Connection connection = pool.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Trials.execute(connection, "insert into entry values (2)");
            proxy.loseNextAnswer();
            assertThatThrownBy(() -> connection.setAutoCommit(true)).isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    void aConnectionThatIsLostBeforeTheCommitHasAKnownOutcome() throws Exception {
        assertThatThrownBy(() -> pool.inTransaction(connection -> {
                    proxy.loseNextAnswer();
                    Trials.execute(connection, "insert into entry values (1)");
                    return 1;
                }))
                .isInstanceOf(SQLException.class)
                .isNotInstanceOf(OutcomeUnknownException.class);
        assertThat(entries()).isZero();
    }

    @Test
    void aCommitThatTheDatabaseRefusesHasAKnownOutcome() throws Exception {
        Trials.execute(server, "alter table entry add unique (id) deferrable initially deferred");
        assertThatThrownBy(() -> pool.inTransaction(connection -> {
                    Trials.execute(connection, "insert into entry values (1), (1)");
                    return 1;
                }))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("23505"));
    }
}
