package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {

    @ParameterizedTest
    @CsvSource({
        "chassis.http.port,              CHASSIS_HTTP_PORT",
        "chassis.http.max-body-bytes,    CHASSIS_HTTP_MAX_BODY_BYTES",
        "chassis.log.levels.com.acme,    CHASSIS_LOG_LEVELS_COM_ACME",
        "a.http2.x,                      A_HTTP2_X",
        "a.b_c,                          A_B_C"
    })
    void aKeyHasAnEnvironmentVariable(String key, String name) {
        assertThat(Keys.environmentName(key)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "CHASSIS_LOG_LEVELS__COM_ACME_, CHASSIS_LOG_LEVELS_COM_ACME",
        "X_NODES_0__HOST,               X_NODES_0_HOST",
        "_X,                            _X",
        "_,                             _"
    })
    void quotesAndBracketsInVariablesDoNotMatter(String name, String collapsed) {
        assertThat(Keys.collapsed(name)).isEqualTo(collapsed);
    }

    @ParameterizedTest
    @CsvSource({"a.b.c, a.b.c", "'a.\"b.c\"', a.b.c", "a[0].b, a.0.b", "'a.\"b\".c', a.b.c"})
    void aKeyHasOneSpelling(String key, String canonical) {
        assertThat(Keys.canonical(key)).isEqualTo(canonical);
    }
}
