package dev.chassis.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    record Payment(String to, long cents, Instant at) {}

    record Lenient(@Nullable Integer left) {}

    private final Json json = new Json();

    @Test
    void readsWhatItHasWritten() {
        Payment payment = new Payment("ada", 1250, Instant.parse("2026-01-31T12:00:00Z"));

        assertThat(json.encode(payment))
                .asString(UTF_8)
                .isEqualTo("{\"to\":\"ada\",\"cents\":1250,\"at\":\"2026-01-31T12:00:00Z\"}");
        assertThat(json.decode(json.encode(payment), Payment.class)).isEqualTo(payment);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"to\":\"ada\"}; has a wrong value at $.cents (expected: a whole number from -9223372036854775808 to 9223372036854775807); $.cents",
                "{\"cents\":null}; has a wrong value at $.cents (expected: a whole number from -9223372036854775808 to 9223372036854775807); $.cents",
                "{\"cents\":1,\"at\":\"noon\"}; has a wrong value at $.at (expected: a time like 2026-01-31T12:00:00Z); $.at",
                "null; is null (expected: an object); $",
                "``; is empty (expected: JSON); $",
                "{\"cents\":1} x; is not JSON; $",
            })
    void saysWhatIsWrongAndWhereInNoWordsOfTheLibrary(String text, String problem, String path) {
        assertThatThrownBy(() -> json.decode(text.getBytes(UTF_8), Payment.class))
                .isInstanceOfSatisfying(JsonException.class, e -> {
                    assertThat(e.problem()).startsWith(problem);
                    assertThat(e.path()).isEqualTo(path);
                    assertThat(e).hasMessage("JSON that " + e.problem());
                });
    }

    @Test
    void takesForAbsentWhatCanBeNull() {
        assertThat(json.decode("{}".getBytes(UTF_8), Lenient.class)).isEqualTo(new Lenient(null));
    }

    @Test
    void leavesATypeThatCannotBeReadToWhoeverDeclaredIt() {
        assertThatThrownBy(() -> json.decode("{}".getBytes(UTF_8), Runnable.class))
                .isNotInstanceOf(JsonException.class);
    }
}
