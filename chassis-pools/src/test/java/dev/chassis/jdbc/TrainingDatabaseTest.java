package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.TrainingServer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.ServiceLoader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real driver and a real pool against what stands in for a database in a training run. */
abstract class TrainingDatabaseTest {

    private final TrainingServer standIn;
    DevServer server;
    JdbcPool pool;

    TrainingDatabaseTest(TrainingServer standIn) {
        this.standIn = standIn;
    }

    @BeforeEach
    void start() throws Exception {
        server = standIn.start();
        pool = Trials.started(Trials.config(
                Trials.with(server.url(), server.username(), server.password(), Map.of("warm-up-sql", "select 1"))));
    }

    @AfterEach
    void stop() throws Exception {
        pool.stop(Trials.soon());
    }

    @Test
    void itIsFoundByItsKind() {
        assertThat(ServiceLoader.load(TrainingServer.class)).hasAtLeastOneElementOfType(standIn.getClass());
    }

    @Test
    void thePoolIsFullAndHealthy() {
        Awaitility.await().until(() -> pool.health().detail().contains("total=10/10"));
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
        assertThat(pool.query("select get_lock(1)", row -> row.getBoolean("get_lock")))
                .containsExactly(true);
        assertThat(pool.query("insert into t values (1) returning id", row -> row.getLong(1)))
                .containsExactly(1L);
    }
}
