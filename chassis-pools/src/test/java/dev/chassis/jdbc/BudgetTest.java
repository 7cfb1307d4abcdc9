package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.testing.MariaDbServer;
import dev.chassis.testing.PostgresServer;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class BudgetTest {

    private static Budget budget(int pools, int max, int superusers, Map<String, String> keys) {
        Map<String, String> full = new HashMap<>(Map.of("url", "jdbc:h2:mem:x"));
        keys.forEach((key, value) -> full.put("budget." + key, value));
        return new Budget(Trials.config(full).budget(), pools, new Budget.Limits(max, superusers));
    }

    @ParameterizedTest
    @CsvSource({
        // tasks, percent, pools, monitors, other, reserved, max, sum, fits
        "10, 200, 10, 0, 0, 3, 203, 203, true",
        "10, 200, 10, 0, 0, 3, 202, 203, false",
        "10, 100, 10, 0, 0, 0, 100, 100, true",
        "3, 150, 10, 0, 0, 0, 40, 40, true", // ECS rounds 4.5 tasks down
        "10, 200, 10, 2, 15, 3, 258, 258, true",
        "10, 200, 18, 1, 0, 0, 237, 380, false", // the incident of 380 connections for 237 slots
        "100000, 1000, 1000, 1000, 1000000, 1000000, 100, 2002000000, false"
    })
    void addsUpWhatAllTasksMayHold(
            int tasks, int percent, int pools, int monitors, int other, int reserved, int max, long sum, boolean fits) {
        Budget budget = budget(
                pools,
                max,
                3,
                Map.of(
                        "max-tasks", "" + tasks,
                        "deployment-maximum-percent", "" + percent,
                        "monitors", "" + monitors,
                        "other-connections", "" + other,
                        "reserved", "" + reserved));
        assertThat(budget.fits()).isEqualTo(fits);
        assertThat(budget.line()).contains(" = " + sum + (fits ? " <= " : " > ") + max + " max_connections");
    }

    @Test
    void showsItsArithmetic() {
        assertThat(budget(10, 100, 3, Map.of("max-tasks", "10", "other-connections", "5"))
                        .line())
                .isEqualTo("10 tasks x 200% = 20 tasks x (10 pooled + 0 monitors) + 5 other + 3 reserved = 208 > 100"
                        + " max_connections (3 of them for superusers)");
    }

    @Test
    void saysWhatThereIsRoomForWhereTheTasksAreNotKnown() {
        Budget budget = budget(10, 100, 3, Map.of());
        assertThat(budget.isKnown()).isFalse();
        assertThat(budget.fits()).isTrue();
        assertThat(budget.line())
                .contains(
                        "room for 9 tasks at once, a service of 4 at 200%",
                        "max-tasks is not set", "(3 of them for superusers)");
    }

    @Test
    void aServiceThatCannotFitIsRefusedOrWarned() throws Exception {
        try (PostgresServer server =
                PostgresServer.settings().set("max_connections", "50").start()) {
            Map<String, String> keys = new HashMap<>(Map.of("max-size", "3", "budget.max-tasks", "10"));
            Trials.started(Trials.config(server, keys)).stop(Trials.soon());
            keys.put("budget.on-excess", "refuse");
            assertThatThrownBy(() -> Trials.started(Trials.config(server, keys)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(
                            "20 tasks x (3 pooled",
                            "+ 3 reserved = 63 > 50 max_connections",
                            "chassis.jdbc.budget.on-excess");
            org.awaitility.Awaitility.await().until(() -> Trials.sessions(server) == 0);
            keys.put("max-size", "2");
            Trials.started(Trials.config(server, keys)).stop(Trials.soon());
        }
    }

    @Test
    void poolsOnOneDatabaseAddUp() throws Exception {
        try (PostgresServer server =
                PostgresServer.settings().set("max_connections", "50").start()) {
            Map<String, String> keys = Map.of("max-size", "2", "budget.max-tasks", "10", "budget.on-excess", "refuse");
            JdbcPool orders = JdbcPool.of("orders", Trials.config(server, keys));
            JdbcPool reports =
                    JdbcPool.of("reports", Trials.config(server, keys)).sharesDatabaseWith(orders);
            assertThatThrownBy(() -> orders.start(Trials.soon()))
                    .hasMessageContaining("20 tasks x (4 pooled + 0 monitors) + 0 other + 3 reserved = 83 > 50");
            assertThatThrownBy(() -> reports.start(Trials.soon())).hasMessageContaining("= 83 > 50");
        }
    }

    @Test
    void mariaDbIsAskedInItsOwnWords() throws Exception {
        try (MariaDbServer server =
                        MariaDbServer.settings().set("max-connections", "30").start();
                Connection connection =
                        java.sql.DriverManager.getConnection(server.url(), server.user(), server.password())) {
            assertThat(ServerLimits.ask(connection, Database.MARIADB)).contains(new Budget.Limits(30, 0));
        }
    }

    @Test
    void h2HasNoLimit() throws Exception {
        try (Connection connection = java.sql.DriverManager.getConnection("jdbc:h2:mem:limits")) {
            assertThat(ServerLimits.ask(connection, Database.H2)).isEmpty();
        }
    }
}
