package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TrainingPostgresTest extends TrainingDatabaseTest {

    TrainingPostgresTest() {
        super(new TrainingPostgres());
    }

    @Test
    void theDriverLogsInByScram() {
        assertThatThrownBy(() -> DriverManager.getConnection(server.url(), server.username(), "another"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("SCRAM");
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
