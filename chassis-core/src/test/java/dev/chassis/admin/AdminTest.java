package dev.chassis.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.health.Health;
import dev.chassis.health.HealthRegistry;
import dev.chassis.health.ManualTicker;
import dev.chassis.health.Probe;
import dev.chassis.health.Probes;
import dev.chassis.http.Response;
import dev.chassis.metrics.Metrics;
import dev.chassis.metrics.TestMetricsConfig;
import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class AdminTest {

    private static final Deadline LATER = Deadline.after(Duration.ofSeconds(60));

    private final HealthRegistry health = new HealthRegistry(new ManualTicker());
    private final Probes probes = new Probes(health);
    private final Metrics metrics = new Metrics("orders", "1.2", TestMetricsConfig.plain());
    private final TestLogControl logs = new TestLogControl();
    private final TestOperations operations = new TestOperations(logs);
    private final Admin admin = new Admin(health, probes, metrics, operations, Ticker.system());
    private final TestServer server = TestServer.of(admin.routes(List.of()));

    @AfterEach
    void close() {
        admin.stop(LATER);
        metrics.close();
    }

    @Test
    void showsEveryReadingForPeopleWhateverTheVerdict() {
        health.register("cache", () -> Health.degraded("one node"));
        TestServer.Answer answer = server.get("/health");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("DOWN");
        assertThat(answer.json().get("phase").asString()).isEqualTo("STARTING");
        assertThat(answer.json().get("reasons").get(0).asString()).isEqualTo("the service is starting");
        assertThat(answer.json().get("readings").toString())
                .isEqualTo("[{\"name\":\"cache\",\"status\":\"DEGRADED\",\"detail\":\"one node\",\"ageMs\":0,"
                        + "\"critical\":false,\"consecutiveFailures\":0}]");
    }

    @Test
    void answersProbesWithReasonsOnTheEventLoop() {
        assertThat(server.get("/livez").status()).isEqualTo(200);
        assertThat(server.get("/startupz").status()).isEqualTo(503);
        assertThat(server.get("/readyz").status()).isEqualTo(503);
        assertThat(server.get("/readyz").body())
                .isEqualTo("{\"status\":\"DOWN\",\"reasons\":[\"the service is starting\"]}");
        assertThat(server.onEventLoop()).containsExactlyInAnyOrder("GET /livez", "GET /readyz", "GET /startupz");
    }

    @Test
    void escapesWhatADependencySaysInTheReasonsOfAProbe() {
        health.register("db", () -> Health.degraded("\"C:\\x\"\tü"));
        probes.phase(Probes.Phase.READY);
        assertThat(server.get("/readyz").json().get("reasons").get(0).asString())
                .isEqualTo("db is DEGRADED: \"C:\\x\" ü");
        assertThat(new String(
                        ((Response.Body.Bytes)
                                        ProbeJson.explained(new Probe(Health.Status.DOWN, List.of("a\u0001", "b")))
                                                .body())
                                .bytes(),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"status\":\"DOWN\",\"reasons\":[\"a\\u0001\",\"b\"]}");
    }

    @Test
    void servesMetricsInTheFormatAskedFor() {
        TestServer.Answer text = server.get("/metrics");
        assertThat(text.header("content-type")).startsWith("text/plain; version=0.0.4");
        assertThat(text.body()).contains("process_uptime_seconds{service=\"orders\",version=\"1.2\"}");
        TestServer.Answer open =
                server.send("GET", "/metrics", "127.0.0.1", Map.of("accept", "application/openmetrics-text"), "");
        assertThat(open.header("content-type")).startsWith("application/openmetrics-text");
    }

    @Test
    void showsTheConfigurationAsItIsGiven() {
        assertThat(server.get("/config").json().get("entries").get(1).toString())
                .isEqualTo("{\"key\":\"db.password\",\"value\":\"****\",\"origin\":\"environment\"}");
    }

    @Test
    void tellsWhatWasBuiltAndWhereTheStartWent() {
        JsonNode info = server.get("/info").json();
        assertThat(info.at("/build/commit").asString()).isEqualTo("abc123");
        assertThat(info.at("/task/zone").asString()).isEqualTo("eu-west-1b");
        assertThat(info.at("/state").asString()).isEqualTo("READY");
        assertThat(info.at("/jvm/pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(info.at("/start").toString())
                .isEqualTo("{\"totalMs\":800,\"assemblyMs\":500,\"archive\":\"cds\",\"components\":"
                        + "[{\"component\":\"http\",\"stage\":\"INGRESS\",\"tookMs\":70,\"attempts\":1}]}");
    }

    @Test
    void beginsTheDrainAndShowsItsReport() {
        assertThat(server.get("/drain").body())
                .isEqualTo("{\"state\":\"READY\",\"inFlight\":{\"http\":3},\"report\":null}");
        TestServer.Answer accepted = server.send("POST", "/drain", "127.0.0.1", Map.of(), "");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("location")).isEqualTo("/drain");
        assertThat(operations.drains).hasValue(1);
        assertThat(server.get("/drain").json().get("report").toString())
                .isEqualTo("{\"verdict\":\"ABANDONED\",\"cause\":\"admin\",\"totalMs\":1500,\"budgetMs\":30000,"
                        + "\"phasesMs\":{\"AWAIT\":1200},\"inFlightAtStart\":{\"http\":3},"
                        + "\"abandoned\":{\"http\":1},\"failures\":[]}");
    }

    @Test
    void changesALevelForAWhileAndShowsIt() {
        TestServer.Answer changed = server.put("/loggers/com.acme.db", "{\"level\":\"debug\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("level").asString()).isEqualTo("DEBUG");
        assertThat(changed.json().get("revertsInMs").asLong()).isBetween(14 * 60_000L, 15 * 60_000L);
        JsonNode shown = server.get("/loggers").json();
        assertThat(shown.get("levels").get("com.acme.db").asString()).isEqualTo("DEBUG");
        assertThat(shown.at("/temporary/0/logger").asString()).isEqualTo("com.acme.db");
        assertThat(shown.at("/temporary/0/original").asString()).isEmpty();
    }

    @Test
    void takesALevelBackByItself() {
        server.put("/loggers/com.acme", "{\"level\":\"TRACE\",\"for\":\"1ms\"}");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "WARN".equals(logs.levels().get("com.acme")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.get("/loggers").json().get("temporary").isEmpty());
    }

    @Test
    void takesALevelBackWhenAskedTo() {
        server.put("/loggers/com.acme", "{\"level\":\"TRACE\"}");
        assertThat(delete("com.acme").status()).isEqualTo(204);
        assertThat(logs.levels()).containsEntry("com.acme", "WARN");
        assertThat(delete("com.acme").status()).isEqualTo(404);
    }

    @Test
    void takesEveryLevelBackWhenItStopsAndChangesNoneAfterwards() {
        Map<String, String> before = logs.levels();
        server.put("/loggers/com.acme", "{\"level\":\"TRACE\"}");
        server.put("/loggers/org.other", "{\"level\":\"OFF\"}");
        admin.stop(LATER);
        admin.stop(LATER);
        assertThat(logs.levels()).isEqualTo(before);
        assertThat(server.put("/loggers/com.acme", "{\"level\":\"TRACE\"}").status())
                .isEqualTo(503);
        assertThat(delete("com.acme").status()).isEqualTo(404);
        assertThat(logs.levels()).isEqualTo(before);
    }

    @Test
    void knowsTheRootLoggerByAnyCase() {
        server.put("/loggers/root", "{\"level\":\"ERROR\"}");
        assertThat(logs.levels()).containsEntry("ROOT", "ERROR");
        delete("Root");
        assertThat(logs.levels()).containsEntry("ROOT", "INFO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\nb", "a\u007f"})
    void refusesALoggerNameThatWouldForgeALogLine(String name) {
        assertThat(server.put("/loggers/" + name, "{\"level\":\"OFF\"}").status())
                .isEqualTo(400);
        assertThat(logs.levels()).hasSize(2);
    }

    @Test
    void namesTheLevelsThereAre() {
        TestServer.Answer answer = server.put("/loggers/com.acme", "{\"level\":\"LOUD\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("level: \"LOUD\" (expected: one of TRACE, DEBUG, INFO, WARN, ERROR, OFF)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"level\":7}",
                "{\"level\":\"DEBUG\",\"forr\":\"1m\"}",
                "{\"level\":\"DEBUG\",\"for\":null}"
            })
    void refusesABodyThatIsNoChange(String body) {
        assertThat(server.put("/loggers/com.acme", body).status()).isEqualTo(400);
        assertThat(logs.levels()).containsEntry("com.acme", "WARN");
    }

    @Test
    void passesOnWhatTheLoggingSystemRefuses() {
        TestServer.Answer answer = server.put("/loggers/broken", "{\"level\":\"INFO\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("logger: \"broken\" (expected: another)");
        assertThat(server.get("/loggers").json().get("temporary")).isEmpty();
    }

    @Test
    void saysThatItDoesNotSteerTheLoggingSystem() {
        Admin without = new Admin(health, probes, metrics, new TestOperations(null), Ticker.system());
        assertThat(TestServer.of(without.routes(List.of())).get("/loggers").status())
                .isEqualTo(501);
        without.stop(LATER);
    }

    @ParameterizedTest
    @CsvSource({"POST,/drain", "PUT,/loggers/com.acme", "DELETE,/loggers/com.acme"})
    void letsNobodyFromOutsideChangeAnything(String method, String path) {
        TestServer.Answer answer =
                server.send(method, path, "10.0.3.7", Map.of("x-forwarded-for", "127.0.0.1"), "{\"level\":\"OFF\"}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).startsWith(method + " from 10.0.3.7 (expected: a loopback address");
        assertThat(operations.drains).hasValue(0);
        assertThat(logs.levels()).containsEntry("com.acme", "WARN");
    }

    @Test
    void letsNoWebPageChangeAnything() {
        Map<String, String> fromPage = Map.of("origin", "https://evil.example");
        assertThat(server.send("POST", "/drain", "127.0.0.1", fromPage, "").status())
                .isEqualTo(403);
        assertThat(operations.drains).hasValue(0);
    }

    @Test
    void letsEverybodyRead() {
        for (String path : new String[] {"/health", "/config", "/loggers", "/threads", "/drain", "/info", "/livez"}) {
            assertThat(server.send("GET", path, "10.0.3.7", Map.of(), "").status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void letsNothingBeKeptByACache() {
        assertThat(server.get("/config").headers()).containsOnlyOnce(Map.entry("cache-control", "no-store"));
        assertThat(server.get("/livez").headers()).containsOnlyOnce(Map.entry("cache-control", "no-store"));
        assertThat(server.put("/loggers/x", "{}").header("cache-control")).isEqualTo("no-store");
    }

    private TestServer.Answer delete(String logger) {
        return server.send("DELETE", "/loggers/" + logger, "127.0.0.1", Map.of(), "");
    }
}
