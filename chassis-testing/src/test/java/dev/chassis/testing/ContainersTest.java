package dev.chassis.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real containers. Needs an engine and the images, which a developer's first build shall not have to download: see {@code .ci/containers/up}. */
@Tag("containers")
class ContainersTest {

    private final TestDevServices containers = new TestDevServices(Way.DOCKER, new ConcurrentHashMap<>());

    @ParameterizedTest
    @CsvSource({DevServices.POSTGRESQL + ", postgres:17-alpine", DevServices.MARIADB + ", mariadb:11.4"})
    void aDatabaseInAContainerKeepsWhatItIsGiven(String kind, String image) throws Exception {
        DevServer server = containers.server(kind);

        assertThat(server.reason()).contains("a container of " + image).contains(server.url());
        try (Connection connection = DriverManager.getConnection(server.url(), server.username(), server.password())) {
            connection.createStatement().execute("create table kept (what varchar(20))");
            connection.createStatement().execute("insert into kept values ('a row')");
            ResultSet row = connection.createStatement().executeQuery("select what from kept");
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("a row");
        }
        assertThat(containers.server(kind)).isEqualTo(server);
    }

    @Test
    void aRedisInAContainerAnswers() throws Exception {
        DevServer server = containers.server(DevServices.REDIS);

        assertThat(server.reason()).contains("a container of redis:7-alpine");
        URI address = URI.create(server.url());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(5), US_ASCII))
                    .isEqualTo("+PONG");
        }
    }
}
