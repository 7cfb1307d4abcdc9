package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.Chassis;
import dev.chassis.config.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String URL = "jdbc:postgresql://127.0.0.1:1/test";

    /** What the start of a service says of keys, given without their prefix. Nothing listens at the URL: it never gets so far. */
    private static String problems(Map<String, String> keys) {
        Map<String, String> overrides =
                new HashMap<>(Map.of("chassis.http.port", "0", "chassis.admin.port", "0", "chassis.jdbc.url", URL));
        keys.forEach((key, value) -> overrides.put("chassis.jdbc." + key, value));
        try {
            Chassis.start("orders", overrides, service -> service.add(JdbcPool.from(service)));
            throw new AssertionError("started");
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        min-idle           | 11    | at most chassis.jdbc.max-size, 10
        max-size           | 0     | 1 to 1000
        keepalive          | 15m   | less than chassis.jdbc.max-lifetime, 900000ms
        keepalive          | 10s   | 0s, or 30s and more
        max-lifetime       | 10s   | 30s
        leak-threshold     | 1s    | 0s, or 2s and more
        leak-threshold     | 16m   | at most chassis.jdbc.max-lifetime
        validation-timeout | 2s    | less than chassis.jdbc.borrow-timeout, 2000ms
        borrow-timeout     | 100ms | 250ms
        connect-timeout    | 10    | a duration with its unit
        password           | x     | a user, as chassis.jdbc.password is set
        driver             | no.Such | a JDBC driver on the class path; there is no no.Such
        driver             | java.lang.String | a JDBC driver on the class path
        driver             | org.h2.Driver | a URL that org.h2.Driver accepts
        url                | postgres://h/db | a JDBC URL, such as jdbc:postgresql://host:5432/database
        url                | jdbc:nosuch://h/db | a URL that a driver on the class path accepts
        url                | jdbc:mysql://h/db | add the dependency com.mysql:mysql-connector-j
        url                | jdbc:postgresql://h/db?socketTimeout=1 | a URL without time-outs
        budget.max-tasks   | 0     | 1 to 100000
        budget.on-excess   | shrug | one of warn, refuse
        """)
    void aWrongSettingIsOneLineThatSaysWhatIsAllowed(String key, String value, String expected) {
        List<String> lines = problems(Map.of(key, value))
                .lines()
                .filter(line -> line.contains("chassis.jdbc"))
                .toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("chassis.jdbc.", expected);
    }

    @Test
    void anElasticPoolNeedsAnIdleTimeoutBelowTheLifetime() {
        assertThat(problems(Map.of("min-idle", "2", "idle-timeout", "15m")))
                .contains("chassis.jdbc.idle-timeout", "at least 1s less than chassis.jdbc.max-lifetime, 900000ms");
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotRepeated() {
        assertThat(problems(Map.of("url", URL + "?user=x&password=hush")))
                .contains("a URL without a password, which belongs into chassis.jdbc.password")
                .doesNotContain("hush");
        assertThat(problems(Map.of("url", "jdbc:postgresql://x:hush@h/test")))
                .contains("a URL without a password")
                .doesNotContain("hush");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertThat(problems(Map.of("min-idle", "11", "keepalive", "15m", "leak-threshold", "1s")))
                .contains("chassis.jdbc.min-idle", "chassis.jdbc.keepalive", "chassis.jdbc.leak-threshold");
    }

    @Test
    void aSecondPoolHasKeysOfItsOwn() {
        Map<String, String> overrides = Map.of(
                "chassis.http.port", "0",
                "chassis.admin.port", "0",
                "chassis.jdbc.reports.url", URL,
                "chassis.jdbc.reports.min-idle", "11");
        assertThatThrownBy(() ->
                        Chassis.start("orders", overrides, service -> service.add(JdbcPool.from(service, "reports"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("chassis.jdbc.reports.min-idle", "at most chassis.jdbc.reports.max-size, 10");
    }

    @Test
    void credentialsComeFromOneSideOnly() {
        List<String> found = new ArrayList<>();
        JdbcPool.of("orders", Trials.config(Map.of("url", URL, "user", "x")))
                .withCredentials(() -> new JdbcCredentials("y", "z"))
                .check((key, expected) -> found.add(key + ": " + expected));
        assertThat(found)
                .containsExactly(
                        "chassis.jdbc.user: nothing, because the service gives credentials by withCredentials");
    }

    @ParameterizedTest
    @CsvSource({"budget", "Reports", "a.b", "''", "1st"})
    void aNameThatIsNoPartOfAKeyIsRefused(String name) {
        Map<String, String> overrides = Map.of("chassis.http.port", "0", "chassis.admin.port", "0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Chassis.start("orders", overrides, service -> service.add(JdbcPool.from(service, name))))
                .withMessageContaining("\"" + name + "\"");
    }

    @Test
    void credentialsDoNotTellThePassword() {
        assertThat(new JdbcCredentials("x", "hush")).hasToString("JdbcCredentials[user=x, password=*****]");
    }
}
