package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String SECRET = "hunter2";

    interface Db {
        Secret<String> pin();

        Optional<Secret<String>> spare();

        String password();

        String url();

        List<Secret<String>> pins();

        Map<String, Secret<String>> users();

        Inner inner();
    }

    interface Inner {
        String apiToken();
    }

    interface Numbers {
        Secret<Integer> pin();

        int passwordLength();

        List<Secret<Integer>> pins();
    }

    @Test
    void secretsReachTheProgram() {
        Db db = db().load().bind("db", Db.class);

        assertThat(db.pin().get()).isEqualTo(SECRET);
        assertThat(db.spare().orElseThrow().get()).isEqualTo(SECRET);
        assertThat(db.password()).isEqualTo(SECRET);
        assertThat(db.url()).isEqualTo("jdbc:hunter2");
        assertThat(db.pins()).extracting(Secret::get).containsExactly(SECRET, SECRET);
        assertThat(db.users().values()).extracting(Secret::get).containsExactly(SECRET);
        assertThat(db.inner().apiToken()).isEqualTo(SECRET);
    }

    @Test
    void secretsAreNeverPrinted() {
        Configuration configuration = db().load();
        Db db = configuration.bind("db", Db.class);
        StringBuilder printed = new StringBuilder();
        configuration.print(printed);
        configuration.settings("db");

        assertThat(printed)
                .contains("db.pin = *****", "db.spare = *****", "db.password = *****", "db.url = *****")
                .contains("db.pins = *****", "db.users.admin = *****", "db.inner.api-token = *****")
                .doesNotContain(SECRET);
        assertThat(db.toString()).contains("db.pin=*****").doesNotContain(SECRET);
        assertThat(db.inner()).hasToString("Inner[db.inner.api-token=*****]");
        assertThat(db.pin()).hasToString("*****");
        assertThat(configuration.entries().toString()).doesNotContain(SECRET);
        assertThat(configuration.reference()).doesNotContain(SECRET);
    }

    @Test
    void problemsNeverQuoteSecrets() {
        Configuration configuration = Given.nothing()
                .application("n.pin=hunter2", "n.password-length=hunter2", "n.pins=1,hunter2", "n.unknown=hunter2")
                .environment("CHASSIS_PASSWD", SECRET)
                .load();
        Numbers numbers = configuration.bind("n", Numbers.class);
        configuration.problem("n.pin", "more");

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("n.pin = \"*****\" from application.properties (expected: a whole number")
                .hasMessageContaining("n.pin = \"*****\" from application.properties (expected: more)")
                .hasMessageContaining("n.password-length = \"*****\"")
                .hasMessageContaining("n.pins = \"*****\"")
                .hasMessageContaining("n.unknown from")
                .hasMessageContaining("CHASSIS_PASSWD from")
                .hasNoCause()
                .message()
                .doesNotContain(SECRET);
        assertThatThrownBy(numbers::pin).message().doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.password",
                "db.PASSWORD",
                "db.password-file",
                "secret",
                "a.client-secret",
                "a.access-token",
                "a.api-key",
                "a.credentials"
            })
    void aNameThatSaysSecretIsOne(String key) {
        assertThat(Masking.isSecret(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.user", "password.length", "http.keep-alive", "tokens.count"})
    void onlyTheLastSegmentSays(String key) {
        assertThat(Masking.isSecret(key)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis://:hunter2@h:6379/1              | redis://*****@h:6379/1
            amqp://u:hun@ter2@h/v                  | amqp://*****@h/v
            jdbc:x://h/d?user=u&password=hunter2   | jdbc:x://h/d?user=u&password=*****
            jdbc:x://h/d;password=hunter2;ssl=true | jdbc:x://h/d;password=*****;ssl=true
            host=h password=hunter2                | host=h password=*****
            http://h/a?b=c                         | http://h/a?b=c
            a@b                                    | a@b
            """)
    void secretsInsideOtherValuesAreMasked(String value, String shown) {
        assertThat(Masking.shown(value)).isEqualTo(shown);
    }

    private static Given db() {
        return Given.nothing()
                .application(
                        "db.pin=hunter2",
                        "db.spare=hunter2",
                        "db.password=hunter2",
                        "db.url=jdbc:${db.password}",
                        "db.pins=hunter2,hunter2",
                        "db.users.admin=hunter2",
                        "db.inner.api-token=hunter2");
    }
}
