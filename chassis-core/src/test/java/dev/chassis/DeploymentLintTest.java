package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.Configuration;
import dev.chassis.ecs.EcsTasks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentLintTest {

    private static final Map<String, String> TOLD = Map.of(
            "chassis.platform.stop-timeout", "60s",
            "chassis.platform.deregistration-delay", "60s",
            "chassis.http.load-balancer-idle-timeout", "60s");

    @Test
    void whatFitsIsNotMentioned() {
        assertThat(misfits(TOLD, "awslogs", Map.of("mode", "non-blocking", "max-buffer-size", "25m"), true))
                .isEmpty();
    }

    @Test
    void everyMisfitNamesWhatToSet() {
        assertThat(misfits(Map.of("chassis.jdbc.url", "jdbc:x"), "awslogs", Map.of(), true))
                .satisfiesExactly(
                        line -> assertThat(line).contains("awslogs without a mode", "max-buffer-size=25m"),
                        line -> assertThat(line).contains("chassis.platform.stop-timeout", "25s"),
                        line -> assertThat(line).contains("chassis.http.load-balancer-idle-timeout"),
                        line -> assertThat(line).contains("chassis.platform.deregistration-delay"),
                        line -> assertThat(line).contains("chassis.jdbc.budget.max-tasks"));
    }

    @Test
    void aWorkerHasNoLoadBalancer() {
        assertThat(misfits(Map.of("chassis.platform.stop-timeout", "60s"), "awsfirelens", Map.of(), false))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "blocking, '', fits",
        "blocking, 1k, fits",
        "non-blocking, 4m, fits",
        "non-blocking, 4096k, fits",
        "non-blocking, 4194304, fits",
        "non-blocking, 1G, fits",
        "non-blocking, 8MB, fits",
        "non-blocking, 4095k, drops",
        "non-blocking, 1m, drops",
        "non-blocking, '', drops",
        "non-blocking, lots, drops",
        "'', 25m, fits",
        "'', 1m, drops"
    })
    void aBufferMustBeLargeEnough(String mode, String size, String verdict) {
        Map<String, String> options = new HashMap<>();
        if (!mode.isEmpty()) {
            options.put("mode", mode);
        }
        if (!size.isEmpty()) {
            options.put("max-buffer-size", size);
        }

        assertThat(misfits(TOLD, "awslogs", options, true)).hasSize(verdict.equals("drops") ? 1 : 0);
    }

    private static List<String> misfits(
            Map<String, String> settings, String driver, Map<String, String> options, boolean servesHttp) {
        Configuration configuration = Configuration.load(Map.of(), Map.of(), settings);
        return DeploymentLint.of(CoreConfig.bind(configuration), configuration, servesHttp)
                .misfits(EcsTasks.of(512, driver, options));
    }
}
