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
        "a.b_c,                          A_B_C",
        "'a.\"b.c\".d',                  A__B_C__D",
        "a.nodes[0].host,                A_NODES_0__HOST",
        "a.nodes[*].host,                A_NODES_*__HOST"
    })
    void aKeyHasAnEnvironmentVariable(String key, String name) {
        assertThat(Keys.environmentName(key)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "LOG_LEVELS__COM_ACME_, LOG_LEVELS_COM_ACME",
        "X_POOLS__A_B__HOST,    X_POOLS__A_B__HOST",
        "X_NODES_0__HOST,       X_NODES_0__HOST",
        "X_LIST_0_,             X_LIST_0_",
        "X_NODES_0__TAGS_1_,    X_NODES_0__TAGS_1_",
        "__,                    __",
        "_,                     _"
    })
    void quotesAtTheEndOfAVariableDoNotMatter(String name, String unquoted) {
        assertThat(Keys.unquotedVariable(name)).isEqualTo(unquoted);
    }

    @ParameterizedTest
    @CsvSource({"a.b.c, a.b.c", "'a.\"b.c\"', a.b.c", "'a.\"b.c\".d', 'a.\"b.c\".d'", "'a\"', 'a\"'"})
    void quotesAtTheEndOfAKeyDoNotMatter(String key, String unquoted) {
        assertThat(Keys.unquoted(key)).isEqualTo(unquoted);
    }
}
