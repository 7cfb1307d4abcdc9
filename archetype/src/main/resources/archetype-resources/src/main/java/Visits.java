#set($schema = $artifactId.toLowerCase().replaceAll("[^a-z0-9]", "_"))
#if(!$schema.contains("_"))
#set($schema = "${schema}_service")
#end
package ${package};

import dev.chassis.jdbc.JdbcPool;
#if($database == "mysql")
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
#end
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** How often each person was greeted, in tables of the service's own schema. */
final class Visits {

    private final JdbcPool database;

    Visits(JdbcPool database) {
        this.database = database;
    }

    /** Brings the schema to what src/main/resources/db/migration says. Tasks that start together take turns. */
    void migrate() {
        Flyway.configure()
                .dataSource(database.dataSource())
                .schemas("${schema}")
                .load()
                .migrate();
    }

    /** Counts one more, and says how many there were. */
    long add(String name) throws SQLException {
#if($database == "mysql")
        return database.inTransaction(connection -> {
            count(connection, name);
            return times(connection, name);
        });
    }

    private static void count(Connection connection, String name) throws SQLException {
        String sql = "insert into ${schema}.visits (name, times) values (?, 1) "
                + "on duplicate key update times = times + 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
    }

    private static long times(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select times from ${schema}.visits where name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong("times");
            }
        }
    }
#else
        return database.query(
                        "insert into ${schema}.visits (name, times) values (?, 1) "
                                + "on conflict (name) do update set times = visits.times + 1 returning times",
                        row -> row.getLong("times"),
                        name)
                .get(0);
    }
#end
}
