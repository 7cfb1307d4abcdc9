package dev.chassis.parameters;

import dev.chassis.config.Configuration;
import dev.chassis.config.ParametersConfig;
import dev.chassis.jdbc.JdbcConfig;
import dev.chassis.jdbc.JdbcCredentials;
import dev.chassis.jdbc.JdbcPool;
import dev.chassis.testing.PostgresServer;
import dev.chassis.time.Deadline;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A pool on a real database, whose login is in an emulator of AWS and is rotated as Secrets Manager does: first the database, then the secret. */
class RotatedPoolTest {

    @Test
    void aPoolLivesThroughRotationsAndThroughTheAbsenceOfAws() throws Exception {
        try (MotoServer aws = MotoServer.start();
                SecretsManagerClient secrets = SecretsManagerClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .endpointOverride(aws.endpoint())
                        .build();
                PostgresServer server = PostgresServer.settings().password("p0").start()) {
            secrets.createSecret(request -> request.name("games/db").secretString(json(0)));
            Configuration configuration = Configuration.load(
                    Map.of(),
                    Map.of(),
                    Map.of(
                            "chassis.parameters.endpoint", aws.endpoint().toString(),
                            "chassis.parameters.timeout", "2s",
                            "chassis.jdbc.url", server.url(),
                            "chassis.jdbc.borrow-timeout", "30s",
                            "chassis.jdbc.max-size", "1"));
            Secrets logins = Secrets.of(configuration.bind(ParametersConfig.class));
            JdbcPool pool = JdbcPool.of("games", configuration.bind(JdbcConfig.class))
                    .withCredentials(logins.rotating("games/db", JdbcCredentials::new));
            pool.start(soon());
            try (Connection admin = DriverManager.getConnection(server.url(), "postgres", "p0");
                    Statement statement = admin.createStatement()) {
                for (int i = 1; i <= 3; i++) {
                    String before = backend(pool);
                    int now = i;
                    statement.execute("alter role postgres password 'p" + i + "'");
                    pool.renew(); // new connections are refused until the next line
                    secrets.putSecretValue(
                            request -> request.secretId("games/db").secretString(json(now)));
                    Awaitility.await()
                            .atMost(Duration.ofMinutes(1))
                            .until(() -> !backend(pool).equals(before));
                }
                String before = backend(pool);
                aws.close();
                pool.renew();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> !backend(pool).equals(before));
            } finally {
                pool.stop(soon());
                logins.stop(soon());
            }
        }
    }

    private static String backend(JdbcPool pool) throws Exception {
        return pool.query("select pg_backend_pid()", row -> row.getString(1)).get(0);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    private static String json(int i) {
        return "{\"username\":\"postgres\",\"password\":\"p" + i + "\"}";
    }
}
