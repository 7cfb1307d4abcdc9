package dev.chassis.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.Chassis;
import dev.chassis.RunningService;
import dev.chassis.Service;
import dev.chassis.config.ConfigException;
import dev.chassis.http.HttpConfig;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.DrainReport;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole services against a server that speaks the protocol of CloudWatch. */
class CloudWatchTest {

    private FakeCloudWatch cloudWatch;

    @BeforeEach
    void start() throws Exception {
        cloudWatch = new FakeCloudWatch();
    }

    @AfterEach
    void stop() {
        cloudWatch.close();
    }

    @Test
    void whatIsCountedUntilTheDrainIsPublishedByIt() throws Exception {
        RunningService service = run(Map.of("chassis.cloudwatch.namespace", "Games", "chassis.cloudwatch.step", "1h"));
        assertThat(get(service)).isEqualTo("hello");
        assertThat(cloudWatch.data("Games")).isEmpty();

        DrainReport report = service.drain("test").toCompletableFuture().get(1, TimeUnit.MINUTES);

        assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
        assertThat(cloudWatch.data("Games"))
                .filteredOn(metric -> metric.name().equals("http.server.requests.count"))
                .singleElement()
                .satisfies(metric -> assertThat(metric.dimensions())
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("Service", "orders", "Environment", "test", "outcome", "SUCCESS")));
        assertThat(cloudWatch.data("Games"))
                .extracting(FakeCloudWatch.Datum::name)
                .allMatch(name -> name.startsWith("http.server.requests")
                        || name.startsWith("process.cpu")
                        || name.startsWith("jvm.gc.pause"));
    }

    @Test
    void itIsPublishedAgainAndAgainAndTheBillIsTold() throws Exception {
        try (Lines logs = Lines.of(CloudWatchMetrics.class);
                RunningService service =
                        run(Map.of("chassis.cloudwatch.namespace", "Games", "chassis.cloudwatch.step", "1s"))) {
            get(service);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> cloudWatch.data("Games").stream()
                            .anyMatch(metric -> metric.name().equals("http.server.requests.count")));
            await().untilAsserted(() -> assertThat(logs.messages())
                    .anyMatch(line -> line.contains(" metrics go to CloudWatch") && line.contains("USD a month")));
        }
    }

    @Test
    void withoutANamespaceNothingIsPublished() throws Exception {
        RunningService service = run(Map.of());
        get(service);
        service.close();

        assertThat(cloudWatch.calls()).isZero();
    }

    @Test
    void scalingMetricsTellHowFullTheTaskIs() throws Exception {
        try (RunningService service = run(
                Map.of(
                        "chassis.cloudwatch.scaling-namespace", "Chassis",
                        "chassis.cloudwatch.scaling-step", "1s",
                        "chassis.http.max-in-flight", "4"),
                listed -> listed.add(ScalingMetrics.of(listed.name(), listed.config(CloudWatchConfig.class))
                        .requestsInFlight(listed.config(HttpConfig.class).maxInFlight())
                        .queueBacklogPerTask(() -> 17)))) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> cloudWatch.data("Chassis").size() >= 2);

            assertThat(cloudWatch.data("Chassis"))
                    .extracting(FakeCloudWatch.Datum::name)
                    .contains("RequestsInFlightShare", "QueueBacklogPerTask");
            assertThat(cloudWatch.data("Chassis"))
                    .allSatisfy(metric -> assertThat(metric.resolution()).isEqualTo(1))
                    .filteredOn(metric -> metric.name().equals("QueueBacklogPerTask"))
                    .allSatisfy(metric -> assertThat(metric.value()).isEqualTo(17))
                    .allSatisfy(metric -> assertThat(metric.unit()).isEqualTo("Count"));
            assertThat(cloudWatch.data("Chassis"))
                    .allSatisfy(metric -> assertThat(metric.dimensions())
                            .containsExactlyInAnyOrderEntriesOf(Map.of("Service", "orders", "Environment", "test")));
        }
    }

    @Test
    void aCloudWatchThatIsAwayIsOneWarningAndTheDrainIsClean() throws Exception {
        try (Lines logs = Lines.of(CloudWatchMetrics.class);
                ServerSocket nobody = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = nobody.getLocalPort();
            nobody.close();
            RunningService service = run(Map.of(
                    "chassis.cloudwatch.namespace",
                    "Games",
                    "chassis.cloudwatch.step",
                    "1s",
                    "chassis.cloudwatch.timeout",
                    "500ms",
                    "chassis.cloudwatch.endpoint",
                    "http://127.0.0.1:" + port));
            await().atMost(Duration.ofMinutes(1)).until(() -> !logs.messages().isEmpty());

            DrainReport report = service.drain("test").toCompletableFuture().get(1, TimeUnit.MINUTES);

            assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
            assertThat(logs.messages())
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith("CloudWatch does not take the metrics of Games: "),
                            last -> assertThat(last)
                                    .matches("CloudWatch has not taken the last [1-9]\\d* data points"));
        }
    }

    @Test
    void aPermissionThatIsMissingIsOneWarningThatNamesIt() throws Exception {
        String message =
                "User: arn:aws:sts::111122223333:assumed-role/orders/0e5f is not authorized to perform: cloudwatch:PutMetricData";
        cloudWatch.refuse(403, "AccessDenied", message);
        try (Lines logs = Lines.of(CloudWatchMetrics.class);
                RunningService service =
                        run(Map.of("chassis.cloudwatch.namespace", "Games", "chassis.cloudwatch.step", "1s"))) {
            get(service);
            await().atMost(Duration.ofMinutes(1)).until(() -> cloudWatch.calls() >= 3);
            assertThat(logs.messages())
                    .singleElement()
                    .asString()
                    .contains("AccessDenied: " + message, "(expected: the task's role has cloudwatch:PutMetricData)");

            cloudWatch.accept();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(logs.messages())
                                    .anyMatch(
                                            line -> line.matches(
                                                    "CloudWatch takes the metrics of Games again; [1-9]\\d* data points are missing there")));
        }
    }

    @ParameterizedTest
    @CsvSource({"400, Throttling", "400, ThrottlingException", "429, TooManyRequestsException"})
    void aPublicationThatIsThrottledIsTriedAgain(int status, String code) throws Exception {
        cloudWatch.refuse(3, status, code, "Rate exceeded");
        try (Lines logs = Lines.of(CloudWatchMetrics.class)) {
            RunningService service =
                    run(Map.of("chassis.cloudwatch.namespace", "Games", "chassis.cloudwatch.step", "1h"));
            get(service);

            DrainReport report = service.drain("test").toCompletableFuture().get(1, TimeUnit.MINUTES);

            assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
            assertThat(cloudWatch.calls()).isEqualTo(4);
            assertThat(cloudWatch.data("Games"))
                    .filteredOn(metric -> metric.name().equals("http.server.requests.count"))
                    .hasSize(1);
            assertThat(logs.messages()).singleElement().asString().contains("metrics go to CloudWatch, in 1 calls");
        }
    }

    @Test
    void whatIsThrottledForGoodIsCountedToldOnceAndDoesNotOutlastTheDrain() throws Exception {
        cloudWatch.refuse(400, "Throttling", "Rate exceeded");
        try (Lines logs = Lines.of(CloudWatchMetrics.class)) {
            MeterRegistry[] meters = new MeterRegistry[1];
            RunningService service =
                    run(Map.of("chassis.cloudwatch.namespace", "Games", "chassis.cloudwatch.step", "1s"), listed -> {
                        listed.add(CloudWatchMetrics.of(listed.config(CloudWatchConfig.class)));
                        meters[0] = listed.meters();
                    });
            get(service);
            await().atMost(Duration.ofMinutes(1)).until(() -> cloudWatch.calls() >= 10);

            DrainReport report = service.drain("test").toCompletableFuture().get(1, TimeUnit.MINUTES);

            assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
            assertThat(report.total()).isLessThan(report.budget());
            double lost =
                    meters[0].get("chassis.cloudwatch.lost").functionCounter().count();
            assertThat(lost).isPositive();
            assertThat(logs.messages())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith(
                                            "CloudWatch does not take the metrics of Games: Throttling: Rate exceeded,"
                                                    + " after 5 attempts (expected: fewer calls, by longer steps"),
                            last -> assertThat(last)
                                    .isEqualTo("CloudWatch has not taken the last " + (long) lost + " data points"));
        }
    }

    /** A connection is made, and nothing ever comes. */
    @Test
    void aCloudWatchThatIsSilentDoesNotOutlastTheDrain() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            RunningService service = run(Map.of(
                    "chassis.cloudwatch.namespace",
                    "Games",
                    "chassis.cloudwatch.step",
                    "1h",
                    "chassis.cloudwatch.timeout",
                    "1m",
                    "chassis.drain.budget",
                    "4s",
                    "chassis.drain.announce",
                    "0s",
                    "chassis.drain.close",
                    "2s",
                    "chassis.cloudwatch.endpoint",
                    "http://127.0.0.1:" + silent.getLocalPort()));
            get(service);

            DrainReport report = service.drain("test").toCompletableFuture().get(1, TimeUnit.MINUTES);

            assertThat(report.total()).isLessThan(report.budget());
            assertThat(report.failures()).singleElement().asString().contains("cloudwatch", "not published in time");
        }
    }

    @Test
    void amazonsNamespacesAreRefused() {
        assertThatThrownBy(() -> run(Map.of("chassis.cloudwatch.namespace", "AWS/ECS")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chassis.cloudwatch.namespace");
    }

    @Test
    void whoAsksForMetersFirstIsToldSo() {
        assertThatThrownBy(() ->
                        Chassis.start("orders", settings(Map.of("chassis.cloudwatch.namespace", "Games")), listed -> {
                            listed.meters();
                            listed.add(CloudWatchMetrics.of(listed.config(CloudWatchConfig.class)));
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before Service.meters");
    }

    private RunningService run(Map<String, String> more) {
        return run(more, listed -> listed.add(CloudWatchMetrics.of(listed.config(CloudWatchConfig.class))));
    }

    private RunningService run(Map<String, String> more, Consumer<Service> parts) {
        return Chassis.start("orders", settings(more), listed -> {
            parts.accept(listed);
            listed.http(routes -> routes.get("/hello", request -> Response.text("hello")));
        });
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "chassis.http.port", "0",
                "chassis.admin.port", "0",
                "chassis.drain.quiet-period", "0s",
                "chassis.cloudwatch.environment", "test",
                "chassis.cloudwatch.endpoint", cloudWatch.endpoint()));
        all.putAll(more);
        return all;
    }

    private static String get(RunningService service) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + "/hello");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
