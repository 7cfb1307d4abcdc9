package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {

    @Test
    void isNotChangedByItsVerbs() {
        Response plain = Response.text("x");

        Response changed = plain.status(404).header("x-a", "1").body(new Response.Body.Bytes(new byte[0]));

        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.headers()).containsExactly(Map.entry("content-type", "text/plain; charset=utf-8"));
        assertThat(TestApplication.text(plain)).isEqualTo("x");
        assertThat(changed.status()).isEqualTo(404);
        assertThat(changed.header("X-A")).contains("1");
    }

    @Test
    void hasOneContentTypeAndManyOfEverythingElse() {
        Response response = Response.json(Map.of())
                .header("Content-Type", "application/vnd.example+json")
                .header("set-cookie", "a=1")
                .header("set-cookie", "b=2");

        assertThat(response.headers())
                .isEqualTo(List.of(
                        Map.entry("Content-Type", "application/vnd.example+json"),
                        Map.entry("set-cookie", "a=1"),
                        Map.entry("set-cookie", "b=2")));
        assertThatThrownBy(() -> response.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void comesInTheUsualForms() {
        assertThat(Response.noContent().status()).isEqualTo(204);
        assertThat(Response.accepted().status()).isEqualTo(202);
        assertThat(Response.seeOther("/x").header("location")).contains("/x");
        assertThat(Response.created("/x/1", 1).status()).isEqualTo(201);
        assertThat(Response.created("/x/1", 1).header("location")).contains("/x/1");
        assertThat(Response.empty(304).headers()).isEmpty();
        assertThat(Response.json(1)).hasToString("Response[200, application/json]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length",
                "Transfer-Encoding",
                "CONNECTION",
                "date",
                "upgrade",
                "keep-alive",
                "trailer",
                "",
                "a b",
                "a:b",
                "\u00e4",
                "a\r\nb"
            })
    void refusesHeadersThatAreNotTheHandlersToSet(String name) {
        assertThatThrownBy(() -> Response.noContent().header(name, "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpException.badRequest("x").withHeader(name, "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nset-cookie: b", "a\nb", "a\0", "\u007f", "\u20ac"})
    void refusesHeaderValuesThatCouldSplitTheAnswer(String value) {
        assertThatThrownBy(() -> Response.noContent().header("x-a", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value of header x-a")
                .hasMessageNotContaining(value);
        assertThatThrownBy(() -> Response.seeOther(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Response.bytes(value, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 199, 600, -1})
    void refusesAStatusThatIsNoFinalAnswer(int status) {
        assertThatThrownBy(() -> Response.empty(status))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status: " + status + " (expected: 200 to 599)");
    }

    @Test
    @SuppressWarnings("NullAway") // This is the mistake that is tested.
    void refusesToCarryNull() {
        assertThatThrownBy(() -> Response.json(null)).hasMessage("value");
        assertThatThrownBy(() -> Response.noContent().body(null)).hasMessage("body");
    }
}
