package dev.chassis.example.games;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.Require;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database of a test's own, and names of its own in Redis, Hazelcast and RabbitMQ, on the servers that the dev services have. Without a
 * real PostgreSQL, a Redis and a RabbitMQ the test is skipped, and says so. Database, exchange and queues are dropped after the test;
 * sessions end within minutes.
 *
 * <p>To be registered before the services that play on it: they are closed first then.
 */
final class Playground implements AfterEachCallback {

    private final DevServer server = Require.realPostgres();
    private final String name =
            "games_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    Playground() {
        Require.server(DevServices.REDIS);
        Require.server(DevServices.RABBITMQ);
        execute(server.url(), "create database " + name);
    }

    /** A task of the service that plays here. */
    ChassisExtension task() {
        ChassisExtension task = ChassisExtension.of("platform-games", PlatformGames::assemble);
        keys().forEach(task::config);
        return task;
    }

    /** The same for {@code Chassis.start}: with ports that the system gives, and no load balancer to wait for. */
    Map<String, String> service() {
        Map<String, String> keys = keys();
        keys.putAll(Map.of("chassis.http.port", "0", "chassis.admin.port", "0", "chassis.drain.quiet-period", "0s"));
        return keys;
    }

    /** What a service that plays here is configured with. */
    Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>(jdbc());
        keys.putAll(names());
        return keys;
    }

    /** Its names on the servers that others use, too. */
    Map<String, String> names() {
        return Map.of(
                "chassis.redis.bus.channel-prefix", name + ":", "games.prefix", name, "games.session-lifetime", "2m");
    }

    /** What a pool for its database is configured with. Small, because the server is shared. */
    Map<String, String> jdbc() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("chassis.jdbc.url", url());
        keys.put("chassis.jdbc.user", server.username());
        keys.put("chassis.jdbc.max-size", "4");
        if (!server.password().isEmpty()) {
            keys.put("chassis.jdbc.password", server.password());
        }
        return keys;
    }

    /** Its name, which is the prefix of its names. */
    String name() {
        return name;
    }

    /** The number that a query returns. */
    long number(String sql) {
        try (Connection connection = connect(url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    void execute(String sql) {
        execute(url(), sql);
    }

    /** A connection to the broker, as another service has one. */
    com.rabbitmq.client.Connection broker() throws Exception {
        DevServer broker = Require.server(DevServices.RABBITMQ);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.url());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        return factory.newConnection(name);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try (com.rabbitmq.client.Connection connection = broker();
                Channel channel = connection.createChannel()) {
            channel.exchangeDelete(name + ".player-events");
            for (String suffix : List.of("", ".dead", ".retry.5s", ".retry.30s", ".retry.2m", ".retry.10m")) {
                channel.queueDelete(name + ".score-updates" + suffix);
            }
        }
        execute(server.url(), "drop database " + name + " with (force)");
    }

    private String url() {
        return server.url().substring(0, server.url().lastIndexOf('/') + 1) + name;
    }

    private void execute(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, server.username(), server.password());
    }
}
