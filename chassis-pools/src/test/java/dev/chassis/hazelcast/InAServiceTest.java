package dev.chassis.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.config.ConfigException;
import dev.chassis.http.Response;
import dev.chassis.testing.ChassisExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service that has two pools and was given no address. */
@Timeout(60)
class InAServiceTest {

    @RegisterExtension
    static final ChassisExtension service = ChassisExtension.of("orders-service", InAServiceTest::assemble)
            .config("chassis.log.levels.com.hazelcast", "OFF")
            .config("chassis.hazelcast.reports.mode", "member")
            .config("chassis.hazelcast.reports.member.port", "0");

    private static void assemble(Service service) {
        HazelcastPool pool = service.add(HazelcastPool.from(service));
        HazelcastPool reports = service.add(HazelcastPool.from(service, "reports"));
        service.http(routes -> routes.get("/orders/{id}", request -> {
            String id = request.path("id");
            reports.<String, String>map("seen").put(id, "yes");
            return Response.text(pool.<String, String>map("orders").getOrDefault(id, "none") + " "
                    + reports.map("seen").size());
        }));
    }

    @BeforeAll
    static void quiet() {
        Member.quiet();
    }

    @Test
    void handlersUseBoth() {
        assertThat(service.client().get("/orders/7").body()).contains("none 1");
    }

    @Test
    void oneLineSaysWhereTheServerCameFrom() {
        assertThat(service.logs().lines())
                .anyMatch(line -> line.contains("hazelcast: a Hazelcast member in this JVM, 127.0.0.1:"));
        assertThat(service.logs().lines())
                .anyMatch(
                        line -> line.contains(
                                "hazelcast-reports: a member that stands alone, because chassis.hazelcast.reports.members is not set"));
    }

    @Test
    void healthAndMetersShowThemByName() {
        service.client().get("/orders/7");
        await().untilAsserted(() -> assertThat(service.admin().get("/health").body())
                .contains("\"hazelcast\"", "\"hazelcast-reports\"", "1 members"));
        assertThat(service.admin().get("/metrics").body())
                .contains("hazelcast_connected{", "pool=\"hazelcast-reports\"", "cache_gets_total{");
    }

    @Test
    void aBrokenRuleNamesTheWholeKey() {
        Map<String, String> settings = Map.of(
                "chassis.hazelcast.reports.cluster-name", "orders",
                "chassis.hazelcast.reports.members", "127.0.0.1",
                "chassis.hazelcast.reports.invocation-timeout", "1500ms");

        assertThatThrownBy(() -> Chassis.start(
                        "orders-service", settings, parts -> parts.add(HazelcastPool.from(parts, "reports"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chassis.hazelcast.reports.invocation-timeout")
                .hasMessageContaining("whole seconds");
    }

    @Test
    void aPoolIsNotNamedLikeAGroupOfKeys() {
        assertThatThrownBy(() -> Chassis.start(
                        "orders-service", Map.of(), parts -> parts.add(HazelcastPool.from(parts, "member"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "name: member (expected: lower-case letters, digits and hyphens, and none of ecs, member, near-caches)");
    }
}
