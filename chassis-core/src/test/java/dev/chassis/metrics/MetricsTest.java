package dev.chassis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

    private final Metrics metrics = new Metrics("orders", "1.2", new TestMetricsConfig(Map.of("region", "eu"), 2));

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void putsServiceVersionAndConfiguredTagsOnEveryMeter() {
        metrics.registry().counter("orders.accepted").increment();
        assertThat(scrape(null))
                .contains("orders_accepted_total{region=\"eu\",service=\"orders\",version=\"1.2\"} 1.0");
    }

    @Test
    void servesThePrometheusTextFormatUnlessAskedForAnother() {
        assertThat(metrics.scrape(null).contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.scrape("*/*").contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(scrape("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily"))
                .contains("# TYPE jvm_info");
    }

    @Test
    void servesOpenMetricsWhenAskedFor() {
        String accept = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3";
        assertThat(metrics.scrape(accept).contentType())
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(scrape(accept)).endsWith("# EOF\n");
    }

    @Test
    void bindsTheMetersOfTheJvmAtTheFirstScrapeAndNotBefore() {
        assertThat(metrics.registry().getMeters()).isEmpty();
        assertThat(scrape(null))
                .contains("jvm_memory_used_bytes{")
                .contains("jvm_gc_memory_allocated_bytes_total{")
                .contains("jvm_threads_live_threads{")
                .contains("jvm_classes_loaded_classes{")
                .contains("process_cpu_usage{")
                .contains("process_uptime_seconds{")
                .contains("process_files_open_files{");
    }

    @Test
    void bindsTheMetersOfTheJvmOnceHoweverManyAsk() {
        List<CompletableFuture<Integer>> sizes = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    metrics.bindJvm();
                    return metrics.registry().getMeters().size();
                }))
                .toList();
        assertThat(sizes)
                .extracting(CompletableFuture::join)
                .containsOnly(sizes.get(0).join());
    }

    @Test
    void theMetersOfTheJvmSurviveACollection() {
        scrape(null);
        System.gc();
        assertThat(scrape(null)).doesNotContain("NaN");
    }

    @Test
    void bindsNothingAfterClose() {
        metrics.close();
        metrics.close();
        metrics.bindJvm();
        assertThat(metrics.registry().getMeters()).isEmpty();
    }

    @Test
    void countsRoutesBeyondTheLimitAsOther() {
        for (String route : List.of("/a", "/b", "/c", "/d", "/a")) {
            metrics.registry().timer("http.server.requests", "route", route).record(Duration.ofMillis(1));
        }
        assertThat(metrics.registry().find("http.server.requests").timers())
                .extracting(timer -> timer.getId().getTag("route") + " " + timer.count())
                .containsExactlyInAnyOrder("/a 2", "/b 1", "other 2");
    }

    @Test
    void limitsRoutesAcrossMetersAndLeavesOtherTagsAlone() {
        RouteLimit limit = new RouteLimit(1);
        assertThat(limit.map(id("x", "/a")).getTag("route")).isEqualTo("/a");
        assertThat(limit.map(id("y", "/a")).getTag("route")).isEqualTo("/a");
        assertThat(limit.map(id("y", "/b")).getTag("route")).isEqualTo("other");
        assertThat(limit.map(id("y", "/b")).getTag("method")).isEqualTo("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "version", "route", "", "1st", "a b", "ü"})
    void refusesATagThatIsNoNameOrBelongsToTheChassis(String key) {
        assertThatThrownBy(() -> new Metrics("orders", "1.2", new TestMetricsConfig(Map.of(key, "x"), 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("chassis.metrics.tags." + key + ": ");
    }

    @Test
    void readsItsConfiguration() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(MetricsConfig.class)
                .withDefaultValue("chassis.metrics.tags.region", "eu")
                .build();
        MetricsConfig mapped = config.getConfigMapping(MetricsConfig.class);
        assertThat(mapped.tags()).isEqualTo(Map.of("region", "eu"));
        assertThat(mapped.maxRoutes()).isEqualTo(300);
    }

    private String scrape(@Nullable String accept) {
        return new String(metrics.scrape(accept).body(), StandardCharsets.UTF_8);
    }

    private static Meter.Id id(String name, String route) {
        return new Meter.Id(
                name, Tags.of(Tag.of("route", route), Tag.of("method", "GET")), null, null, Meter.Type.COUNTER);
    }
}
