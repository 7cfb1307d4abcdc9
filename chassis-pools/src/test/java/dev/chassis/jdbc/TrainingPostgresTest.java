package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.TrainingServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real driver and a real pool against what stands in for PostgreSQL in a training run. */
class TrainingPostgresTest {

    private DevServer server;
    private JdbcPool pool;

    @BeforeEach
    void start() throws Exception {
        server = new TrainingPostgres().start();
        pool = Trials.started(Trials.config(
                Trials.with(server.url(), server.username(), server.password(), Map.of("warm-up-sql", "select 1"))));
    }

    @AfterEach
    void stop() throws Exception {
        pool.stop(Trials.soon());
    }

    @Test
    void itIsFoundByItsKind() {
        assertThat(ServiceLoader.load(TrainingServer.class)).hasAtLeastOneElementOfType(TrainingPostgres.class);
    }

    @Test
    void thePoolIsFullAndHealthy() {
        assertThat(pool.health().detail()).contains("total=10/10");
    }

    @Test
    void theDriverLogsInByScram() {
        assertThatThrownBy(() -> DriverManager.getConnection(server.url(), server.username(), "another"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("SCRAM");
    }

    @Test
    void aTransactionIsOneForTheDriverToo() throws SQLException {
        int changed = pool.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into t values (?)")) {
                insert.setString(1, "a");
                return insert.executeUpdate();
            }
        });

        assertThat(changed).isEqualTo(1);
    }

    @Test
    void aQueryOfATableFindsNothingAndAnyOtherOneRow() throws SQLException {
        assertThat(pool.query("select name from customer where id = ?", row -> row.getString(1), 7))
                .isEmpty();
        assertThat(pool.query("select count(*) from customer", row -> row.getInt(1)))
                .containsExactly(1);
        assertThat(pool.query("select pg_try_lock(1)", row -> row.getBoolean("pg_try_lock")))
                .containsExactly(true);
        assertThat(pool.query("insert into t values (1) returning id", row -> row.getLong(1)))
                .containsExactly(1L);
    }

    /** The driver prepares on the server what it is asked for the fifth time, and names it. */
    @Test
    void statementsThatAreRepeatedArePreparedOnce() throws SQLException {
        int sum = pool.inTransaction(connection -> {
            int ones = 0;
            for (int i = 0; i < 20; i++) {
                ones += oneOf(connection);
            }
            return ones;
        });

        assertThat(sum).isEqualTo(20);
    }

    private static int oneOf(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select 1");
                ResultSet row = query.executeQuery()) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }
}
