package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps of which a service knows which names they have. */
class MapNamesTest {

    private static final List<String> NAMES = List.of("/fine", "/orders/{id}", "/files/{path...}", "unmatched");

    @ConfigMapping(prefix = "chassis.shares")
    interface Shares {

        Map<String, Integer> routes();
    }

    @ParameterizedTest
    @CsvSource({
        "CHASSIS_SHARES_ROUTES_UNMATCHED,              unmatched",
        "CHASSIS_SHARES_ROUTES__FINE,                  /fine",
        "CHASSIS_SHARES_ROUTES___FINE_,                /fine",
        "CHASSIS_SHARES_ROUTES__ORDERS__ID_,           /orders/{id}",
        "CHASSIS_SHARES_ROUTES___ORDERS__ID__,         /orders/{id}",
        "CHASSIS_SHARES_ROUTES__FILES__PATH____,       /files/{path...}",
        "CHASSIS_SHARES_ROUTES___FILES__PATH_____,     /files/{path...}",
    })
    void areFoundInTheEnvironmentWithTheirQuotesOrWithout(String variable, String name) {
        Configuration configuration = Given.nothing().environment(variable, "7").load();

        assertThat(bound(configuration)).isEqualTo(Map.of(name, 7));
        assertThatCode(configuration::verify).doesNotThrowAnyException();
        assertThat(configuration.entries())
                .filteredOn(entry -> entry.key().startsWith("chassis.shares"))
                .extracting(Configuration.Entry::key)
                .containsExactly("chassis.shares.routes." + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chassis.shares.routes.\"/orders/{id}\"", "chassis.shares.routes./orders/{id}"})
    void areFoundInAFileWithTheirQuotesOrWithout(String key) {
        Configuration configuration = Given.nothing().application(key + "=7").load();

        assertThat(bound(configuration)).isEqualTo(Map.of("/orders/{id}", 7));
        assertThatCode(configuration::verify).doesNotThrowAnyException();
    }

    @Test
    void theEnvironmentGoesOverAFile() {
        Configuration configuration = Given.nothing()
                .application("chassis.shares.routes.\"/orders/{id}\"=7", "chassis.shares.routes.\"/fine\"=8")
                .environment("CHASSIS_SHARES_ROUTES__ORDERS__ID_", "9")
                .load();

        assertThat(bound(configuration)).isEqualTo(Map.of("/orders/{id}", 9, "/fine", 8));
    }

    @Test
    void areAllThereAre() {
        Configuration configuration = Given.nothing()
                .application("chassis.shares.routes.\"/order/{id}\"=7")
                .environment("CHASSIS_SHARES_ROUTES__FIN", "8")
                .load();
        bound(configuration);

        assertThatThrownBy(configuration::verify)
                .isInstanceOf(ConfigException.class)
                .hasMessage("the configuration has 2 problems:\n"
                        + "  CHASSIS_SHARES_ROUTES__FIN = \"8\" from the environment (expected: one of these names: /fine,"
                        + " /orders/{id}, /files/{path...}, unmatched; did you mean CHASSIS_SHARES_ROUTES__FINE?)\n"
                        + "  chassis.shares.routes.\"/order/{id}\" = \"7\" from application.properties (expected: one of"
                        + " these names: /fine, /orders/{id}, /files/{path...}, unmatched; did you mean"
                        + " chassis.shares.routes./orders/{id}?)");
    }

    @Test
    void whatIsReadFromAStoreStaysSecret() {
        Configuration configuration = Given.nothing()
                .parameter("ssm:/below/chassis/shares/routes/unmatchd", "7")
                .application("chassis.parameters.path=/below/")
                .load();
        bound(configuration);

        assertThatThrownBy(configuration::verify)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"*****\"")
                .hasMessageNotContaining("\"7\"");
    }

    private static Map<String, Integer> bound(Configuration configuration) {
        configuration.declare(Shares.class);
        configuration.names("chassis.shares.routes", NAMES);
        return configuration.bind(Shares.class).routes();
    }
}
