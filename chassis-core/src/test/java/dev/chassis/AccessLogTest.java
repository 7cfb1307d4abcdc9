package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.chassis.config.ConfigException;
import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.http.CapturedLog;
import dev.chassis.http.HttpException;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which requests have a line, and what it says, of whole services over HTTP. */
class AccessLogTest {

    private static final long SLOW_NANOS = Duration.ofMillis(5).toNanos();

    private final CapturedLog log = new CapturedLog("dev.chassis.http.access");
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void everyRequestHasALineWhenNobodySaysOtherwise() throws Exception {
        try (RunningService service = start(Map.of())) {
            get(service, "/orders/7?token=s3cret&page=2", "0");

            assertThat(lines("/orders/7")).singleElement().satisfies(line -> {
                assertThat(fields(line))
                        .containsEntry("event", "access")
                        .containsEntry("method", "GET")
                        .containsEntry("path", "/orders/7")
                        .containsEntry("route", "/orders/{id}")
                        .containsEntry("status", 200)
                        .containsEntry("query", "token=***&page=***")
                        .containsEntry("sample_weight", 1.0)
                        .containsKeys("took_ms", "client");
                assertThat(line.getFormattedMessage() + fields(line)).doesNotContain("s3cret");
                assertThat(line.getMDCPropertyMap()).containsEntry("trace_id", traceId("0"));
                assertThat(line.getLevel()).isEqualTo(Level.INFO);
            });
        }
    }

    @Test
    void noneHasOneWhenItIsOff() throws Exception {
        try (RunningService service = start(Map.of("chassis.http.access-log.enabled", "false"))) {
            get(service, "/failing", "0");
        }
        assertThat(log.events()).isEmpty();
    }

    @Test
    void aShareIsTheSameOfEveryServiceAndItsLinesStandForTheRest() throws Exception {
        Map<String, String> tenPercent = Map.of("chassis.http.access-log.percent", "10");
        Random random = new Random(42);
        List<String> traces =
                random.longs(500).mapToObj(bits -> String.format("%016x", bits)).toList();
        try (RunningService one = start(tenPercent);
                RunningService other = start(tenPercent)) {
            for (String trace : traces) {
                get(one, "/orders/1", trace);
                get(other, "/orders/2", trace);
            }
        }
        TreeSet<String> ofOne = traceIds("/orders/1");

        assertThat(ofOne).isEqualTo(traceIds("/orders/2")).hasSizeBetween(20, 100);
        assertThat(lines("/orders/1"))
                .allSatisfy(line -> assertThat(fields(line)).containsEntry("sample_weight", 10.0));
    }

    @Test
    void errorsAlwaysHaveOneAndProbesOnlyThen() throws Exception {
        try (RunningService service = start(Map.of("chassis.http.access-log.percent", "0"))) {
            get(service, "/orders/1", "0");
            get(service, "/livez", "0");
            get(service, "/startupz", "0");
            get(service, "/missing", "0");
            get(service, "/failing", "0");
            get(service, "/refusing", "0");
            get(service, "/readyz", "0");

            await().until(() -> log.events().size() >= 3);
            assertThat(log.events())
                    .extracting(line ->
                            fields(line).get("route") + " " + fields(line).get("status"))
                    .containsExactly("/failing 500", "/refusing 503", "/readyz 503");
            assertThat(log.events())
                    .allSatisfy(line -> assertThat(fields(line)).containsEntry("sample_weight", 1.0))
                    .allSatisfy(line -> assertThat(line.getLevel()).isEqualTo(Level.WARN));
        }
    }

    @Test
    void errorsOfClientsDoWhenAskedFor() throws Exception {
        try (RunningService service =
                start(Map.of("chassis.http.access-log.percent", "0", "chassis.http.access-log.errors-from", "400"))) {
            get(service, "/orders/1", "0");
            get(service, "/missing", "0");

            await().until(() -> !log.events().isEmpty());
            assertThat(log.events())
                    .extracting(line ->
                            fields(line).get("path") + " " + fields(line).get("status"))
                    .containsExactly("/missing 404");
        }
    }

    @Test
    void slowOnesDo() throws Exception {
        try (RunningService service =
                start(Map.of("chassis.http.access-log.percent", "0", "chassis.http.access-log.slow", "1ms"))) {
            get(service, "/slow", "0");

            assertThat(lines("/slow"))
                    .singleElement()
                    .satisfies(line ->
                            assertThat((Double) fields(line).get("took_ms")).isGreaterThanOrEqualTo(5.0));
        }
    }

    @Test
    void recordedOnesDoWhenAskedFor() throws Exception {
        try (RunningService service =
                start(Map.of("chassis.http.access-log.percent", "1", "chassis.http.access-log.recorded", "true"))) {
            get(service, "/orders/1", "0", "00");
            get(service, "/orders/2", "0", "01");
            get(service, "/livez", "0", "01");
        }
        assertThat(log.events()).extracting(line -> fields(line).get("path")).containsExactly("/orders/2");
    }

    @Test
    void aRouteHasAShareOfItsOwn() throws Exception {
        try (RunningService service = start(Map.of("chassis.http.access-log.routes.\"/orders/{id}\"", "0"))) {
            get(service, "/orders/1", "0");
            get(service, "/fine", "0");
        }
        assertThat(log.events()).extracting(line -> fields(line).get("path")).containsExactly("/fine");
    }

    @Test
    void whatNoRouteAnswersHasAShareOfItsOwn() throws Exception {
        try (RunningService service = start(Map.of("chassis.http.access-log.routes.unmatched", "0"))) {
            get(service, "/missing", "0");
            get(service, "/files/a/b", "0");
        }
        assertThat(log.events()).extracting(line -> fields(line).get("path")).containsExactly("/files/a/b");
    }

    @Test
    void everyRouteThereIsMayHaveAShare() {
        start(Map.of(
                        "chassis.http.access-log.routes.\"/files/{path...}\"", "0",
                        "chassis.http.access-log.routes.\"/livez\"", "100"))
                .close();
    }

    @Test
    void aRouteThatIsNotThereIsToldWithEverythingElseThatIsWrong() {
        assertThatThrownBy(() -> start(Map.of(
                        "chassis.http.access-log.routes.\"/order/{id}\"", "0",
                        "chassis.http.access-log.routes.\"/file/{path...}\"", "1",
                        "chassis.http.access-log.routes.\"/fine\"", "1",
                        "chassis.drain.budget", "soon")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("3 problems")
                .hasMessageContaining("chassis.drain.budget")
                .hasMessageContaining(
                        "chassis.http.access-log.routes.\"/order/{id}\" = \"0\" from command line (expected: one of these names: /failing,"
                                + " /files/{path...}, /fine, /livez, /orders/{id}, /readyz, /refusing, /slow, /startupz,"
                                + " unmatched; did you mean chassis.http.access-log.routes./orders/{id}?)")
                .hasMessageContaining("chassis.http.access-log.routes.\"/file/{path...}\" = \"1\" from command line");
    }

    @Test
    void aShareThatIsNoneIsTold() {
        assertThatThrownBy(() -> start(Map.of("chassis.http.access-log.routes.\"/fine\"", "101")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "chassis.http.access-log.routes./fine = \"101\" from command line (expected: a whole number, 0 to 100)");
    }

    @Test
    void whoServesNothingHasNoRoute() {
        Map<String, String> rule = Map.of("chassis.http.access-log.routes.\"/fine\"", "1");

        assertThatThrownBy(() -> Chassis.start("worker", rule, service -> {}))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chassis.http.access-log.routes.\"/fine\" = \"1\" from command line")
                .hasMessageContaining("expected: one of these names: none");
    }

    @Test
    void whatIsNoStatusOfAnErrorIsRefused() {
        assertThatThrownBy(() -> start(Map.of("chassis.http.access-log.errors-from", "600")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chassis.http.access-log.errors-from")
                .hasMessageContaining("600");
    }

    private static RunningService start(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "chassis.http.port", "0",
                "chassis.admin.enabled", "false",
                "chassis.drain.quiet-period", "0s",
                "chassis.http.access-log.enabled", "true",
                "chassis.http.access-log.slow", "1h"));
        all.putAll(more);
        return Chassis.start("orders", all, service -> {
            service.add(new Sick());
            service.http(routes -> routes.get("/orders/{id}", request -> Response.text("an order"))
                    .mount("/files", files -> files.get("/{path...}", request -> Response.text("a file")))
                    .get("/fine", request -> Response.text("fine"))
                    .get("/failing", request -> {
                        throw new IllegalStateException("broken");
                    })
                    .get("/refusing", request -> {
                        throw HttpException.unavailable(Duration.ofSeconds(1), "Not now.");
                    })
                    .get("/slow", request -> {
                        long start = System.nanoTime();
                        while (System.nanoTime() - start < SLOW_NANOS) {
                            LockSupport.parkNanos(SLOW_NANOS);
                        }
                        return Response.text("at last");
                    }));
        });
    }

    private int get(RunningService service, String path, String trace) throws Exception {
        return get(service, path, trace, "00");
    }

    private int get(RunningService service, String path, String trace, String flags) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("traceparent", "00-" + traceId(trace) + "-b7ad6b7169203331-" + flags)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String traceId(String end) {
        return "a".repeat(32 - end.length()) + end;
    }

    /** The answer may be here before its line is. */
    private List<ILoggingEvent> lines(String path) {
        Predicate<ILoggingEvent> ofPath = line -> path.equals(fields(line).get("path"));
        await().until(() -> log.events().stream().anyMatch(ofPath));
        return log.events().stream().filter(ofPath).toList();
    }

    private TreeSet<String> traceIds(String path) {
        TreeSet<String> ids = new TreeSet<>();
        lines(path).forEach(line -> ids.add(line.getMDCPropertyMap().get("trace_id")));
        return ids;
    }

    private static Map<String, Object> fields(ILoggingEvent line) {
        Map<String, Object> fields = new HashMap<>();
        line.getKeyValuePairs().forEach(pair -> fields.put(pair.key, pair.value));
        return fields;
    }

    /** Starts, and is not well. */
    private static final class Sick implements Component {

        @Override
        public String name() {
            return "sick";
        }

        @Override
        public void start(Deadline deadline) {}

        @Override
        public List<HealthCheck> healthChecks() {
            return List.of(new HealthCheck() {
                @Override
                public String name() {
                    return "sick";
                }

                @Override
                public boolean critical() {
                    return true;
                }

                @Override
                public Health check() {
                    return Health.down("flu");
                }
            });
        }

        @Override
        public void stop(Deadline deadline) {}
    }
}
