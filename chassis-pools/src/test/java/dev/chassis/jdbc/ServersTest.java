package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.testing.MariaDbServer;
import dev.chassis.testing.PostgresServer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The servers of the tests themselves. */
@Timeout(120)
class ServersTest {

    private static void assertClosed(int port) {
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void aPostgresKeepsItsPortAndDataOverKillAndRestart() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            Trials.execute(server, "create table kept (id int)", "checkpoint");
            int port = server.port();
            server.kill();
            assertClosed(port);
            server.restart();
            assertThat(server.port()).isEqualTo(port);
            Trials.execute(server, "insert into kept values (1)");
            server.stop();
            assertClosed(port);
            server.close();
            server.close();
        }
    }

    @Test
    void aMariaDbKeepsItsPortAndDataOverKillAndRestart() throws Exception {
        try (MariaDbServer server = MariaDbServer.start()) {
            Trials.execute(server, "create table kept (id int)");
            int port = server.port();
            server.kill();
            assertClosed(port);
            server.restart();
            Trials.execute(server, "insert into kept values (1)");
            server.stop();
            assertClosed(port);
        }
    }

    @Test
    void noMariaDbDeletesTemporaryFilesOfAnother() throws Exception {
        try (MariaDbServer one = MariaDbServer.start();
                MariaDbServer other = MariaDbServer.start()) {
            assertThat(temporaryFiles(one)).isNotEqualTo(temporaryFiles(other));
        }
    }

    private static String temporaryFiles(MariaDbServer server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select @@tmpdir")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aReplicaReadsUntilItIsPromoted() throws Exception {
        try (PostgresServer primary = PostgresServer.start();
                PostgresServer replica = primary.replica()) {
            assertThatThrownBy(() -> Trials.execute(replica, "create table entry (id int)"))
                    .hasMessageContaining("read-only");
            replica.promote();
            Trials.execute(replica, "create table entry (id int)");
        }
    }
}
