package dev.chassis.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members and clients that find each other as tasks of an ECS service: three addresses of loopback, one port, one cluster name. */
@Timeout(180)
class EcsDiscoveryTest {

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final String port = "" + Member.freePort();

    @TempDir
    private Path directory;

    private FakeAws aws;

    @BeforeEach
    void serve() throws Exception {
        aws = new FakeAws(
                directory, Map.of("contests", List.of("127.0.0.2", "127.0.0.3"), "orders", List.of("127.0.0.4")));
    }

    @AfterEach
    void close() throws Exception {
        aws.close();
    }

    @Test
    void theTasksOfOneServiceAreOneClusterAndNobodyElseIs() throws Exception {
        try (EcsTask one = member("contests", "127.0.0.2", "2", LONG);
                EcsTask two = member("contests", "127.0.0.3", "2", LONG);
                EcsTask other = member("orders", "127.0.0.4", "1", LONG)) {
            assertThat(one.outcome()).isEqualTo("2");
            assertThat(two.outcome()).isEqualTo("2");
            assertThat(other.outcome()).isEqualTo("1");
            try (EcsTask client = client("contests")) {
                assertThat(client.outcome()).isEqualTo("2");
            }
        }
        assertThat(aws.calls())
                .filteredOn(call -> call.target().endsWith(".ListTasks"))
                .isNotEmpty()
                .allSatisfy(call -> {
                    assertThat(call.body()).contains("\"production\"").containsAnyOf("\"contests\"", "\"orders\"");
                    assertThat(call.headers().get("x-amz-security-token")).isEqualTo("the-token");
                    assertThat(call.headers().get("authorization"))
                            .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                            .contains("/" + FakeAws.REGION + "/ecs/aws4_request");
                });
    }

    @Test
    void aMemberThatFindsNobodyDoesNotBecomeReadyWhereItNeedsOthers() throws Exception {
        try (EcsTask alone = member("orders", "127.0.0.4", "2", SHORT)) {
            assertThat(alone.outcome()).startsWith("failed found 1 of at least 2 members at ECS ");
        }
    }

    private EcsTask member(String service, String address, String minimum, Duration startTimeout) throws Exception {
        return task(
                address,
                startTimeout,
                Map.of("mode", "member", "ecs.service-name", service, "member.minimum-members", minimum));
    }

    private EcsTask client(String service) throws Exception {
        return task("127.0.0.1", LONG, Map.of("ecs.service-name", service));
    }

    private EcsTask task(String address, Duration startTimeout, Map<String, String> more) throws Exception {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("cluster-name", "games");
        keys.put(
                "connect-timeout",
                "90s"); // three JVMs begin at once, and here an attempt that fails is not tried again
        keys.put("member.port", port);
        return EcsTask.start(aws, directory, address, startTimeout, keys);
    }
}
