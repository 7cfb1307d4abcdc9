package dev.chassis.example.games;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.Chassis;
import dev.chassis.RunningService;
import dev.chassis.config.Configuration;
import dev.chassis.jdbc.JdbcConfig;
import dev.chassis.jdbc.JdbcPool;
import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class SchemaTest implements ComponentContract {

    @RegisterExtension
    final Playground playground = new Playground();

    private JdbcPool db;

    @BeforeEach
    void connect() throws Exception {
        db = pool();
        db.start(soon());
    }

    @AfterEach
    void disconnect() throws Exception {
        db.stop(soon());
    }

    @Override
    public Component create() {
        return new Schema(db);
    }

    /** Over a pool that does not run. */
    @Override
    public Optional<Component> createFailing() {
        return Optional.of(new Schema(pool()));
    }

    @Test
    void itHoldsNoConnectionOnceTheTablesAreThere() {
        new Schema(db).start(soon());

        assertThat(db.inFlight()).isZero();
        assertThat(playground.number("select count(*) from games.contest")).isZero();
    }

    @Test
    void whatIsThereStaysAsItIs() {
        new Schema(db).start(soon());
        playground.execute("insert into games.player (name) values ('Asha')");
        new Schema(db).start(soon());

        assertThat(playground.number("select count(*) from games.player")).isEqualTo(1);
    }

    @Test
    void tasksThatStartAtOnceOnAnEmptyDatabaseMigrateItOnce() throws Exception {
        List<RunningService> tasks = Together.all(
                3, number -> Chassis.start("platform-games", playground.service(), PlatformGames::assemble));
        tasks.forEach(RunningService::close);

        String migrations = " from games.flyway_schema_history where type = 'SQL'";
        assertThat(playground.number("select count(*)" + migrations)).isPositive();
        assertThat(playground.number("select count(*) - count(distinct version)" + migrations))
                .isZero();
        assertThat(playground.number("select count(*) from games.contest")).isEqualTo(2);
    }

    private JdbcPool pool() {
        return JdbcPool.of("games", Configuration.load(playground.jdbc()).bind(JdbcConfig.class));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}
