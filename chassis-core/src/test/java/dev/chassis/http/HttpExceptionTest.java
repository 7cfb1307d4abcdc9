package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpExceptionTest {

    @Test
    void isNotChangedByItsVerbsAndKeepsWhatWasSaid() {
        HttpException plain = HttpException.conflict("x");
        IOException cause = new IOException();

        HttpException full =
                plain.causedBy(cause).with("a", 1).withHeader("b", "2").with("c", 3);

        assertThat(plain.extensions()).isEmpty();
        assertThat(plain.headers()).isEmpty();
        assertThat(plain.getCause()).isNull();
        assertThat(full.extensions()).isEqualTo(Map.of("a", 1, "c", 3));
        assertThat(full.headers()).isEqualTo(Map.of("b", "2"));
        assertThat(full.getCause()).isSameAs(cause);
        assertThat(full.status()).isEqualTo(409);
        assertThat(full.getStackTrace()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "detail", "instance", "correlation_id"})
    void refusesMembersThatAreFilledIn(String member) {
        assertThatThrownBy(() -> HttpException.badRequest("x").with(member, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("member: \"" + member + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 399, 600})
    void refusesAStatusThatIsNoError(int status) {
        assertThatThrownBy(() -> new HttpException(status, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT0.001S, 1", "PT1S, 1", "PT1.001S, 2"})
    void asksForWholeSecondsAtLeastAsLongAsMeant(Duration delay, String seconds) {
        assertThat(HttpException.unavailable(delay, "x").headers()).isEqualTo(Map.of("retry-after", seconds));
    }

    @Test
    void challengesWhoIsNotKnown() {
        HttpException answer = HttpException.unauthorized("Bearer", "x");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).isEqualTo(Map.of("www-authenticate", "Bearer"));
        assertThat(HttpException.forbidden("x").status()).isEqualTo(403);
    }

    @Test
    void survivesSerialisationWithoutItsExtensions() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(HttpException.conflict("x").with("a", new Object()));

        HttpException copy =
                (HttpException) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(copy.status()).isEqualTo(409);
        assertThat(copy.detail()).isEqualTo("x");
        assertThat(copy.extensions()).isEmpty();
        assertThat(copy.headers()).isEmpty();
    }

    @Test
    void hasATitleForEveryStatus() {
        for (int status = 400; status < 600; status++) {
            assertThat(StatusText.of(status)).isNotEmpty();
        }
        assertThat(StatusText.of(418)).isEqualTo("Client Error");
        assertThat(StatusText.of(599)).isEqualTo("Server Error");
    }
}
