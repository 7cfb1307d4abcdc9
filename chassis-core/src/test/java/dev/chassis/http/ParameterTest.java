package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.json.Expected;
import dev.chassis.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ParameterTest {

    enum Order {
        NEWEST,
        OLDEST {
            @Override
            public String toString() {
                return "the other way round";
            }
        }
    }

    static List<Arguments> values() {
        return List.of(
                Arguments.of(String.class, "a%20b", "a b"),
                Arguments.of(Integer.class, "-2147483648", Integer.MIN_VALUE),
                Arguments.of(int.class, "7", 7),
                Arguments.of(Long.class, "9223372036854775807", Long.MAX_VALUE),
                Arguments.of(long.class, "0", 0L),
                Arguments.of(Double.class, "-1.5e3", -1500.0),
                Arguments.of(double.class, "2", 2.0),
                Arguments.of(Boolean.class, "true", true),
                Arguments.of(boolean.class, "false", false),
                Arguments.of(BigDecimal.class, "10.50", new BigDecimal("10.50")),
                Arguments.of(
                        UUID.class,
                        "123E4567-e89b-12d3-a456-426614174000",
                        UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
                Arguments.of(LocalDate.class, "2026-02-28", LocalDate.of(2026, 2, 28)),
                Arguments.of(Instant.class, "2026-01-31T12:00:00Z", Instant.parse("2026-01-31T12:00:00Z")),
                Arguments.of(Duration.class, "PT15M", Duration.ofMinutes(15)),
                Arguments.of(Order.class, "OLDEST", Order.OLDEST));
    }

    @ParameterizedTest
    @MethodSource("values")
    void parsesEveryType(Class<?> type, String raw, Object expected) {
        assertThat(request("/x?p=" + raw).query("p", type)).isEqualTo(java.util.Optional.of(expected));
        assertThat(request("/x?p=" + raw).requiredQuery("p", type)).isEqualTo(expected);
        assertThat(pathValue(raw, type)).isEqualTo(expected);
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of(Integer.class, List.of("", "a", "1.0", "+1", "2147483648", " 1", "0x1", "1_0", "\u0663")),
                Arguments.of(Long.class, List.of("9223372036854775808", "1L", "-", "")),
                Arguments.of(Double.class, List.of("NaN", "Infinity", "1e999", "1d", "0x1p3", "", "1,5")),
                Arguments.of(Boolean.class, List.of("TRUE", "1", "yes", "")),
                Arguments.of(BigDecimal.class, List.of("1e1000000000", "1E3", "", ".", "1.2.3")),
                Arguments.of(UUID.class, List.of("1-1-1-1-1", "123e4567e89b12d3a456426614174000", "")),
                Arguments.of(LocalDate.class, List.of("2026-02-29", "28.02.2026", "2026-2-28")),
                Arguments.of(Instant.class, List.of("2026-01-31", "2026-01-31T12:00:00")),
                Arguments.of(Duration.class, List.of("15m", "15", "")),
                Arguments.of(Order.class, List.of("newest", "the other way round", "2", "")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatDoesNotParse(Class<?> type, List<String> values) {
        for (String value : values) {
            ParameterType known = ParameterType.of(type);
            assertThatThrownBy(() -> known.parse(type, "query parameter", "p", value))
                    .as(value)
                    .isInstanceOfSatisfying(HttpException.class, problem -> {
                        assertThat(problem.status()).isEqualTo(400);
                        assertThat(problem.detail())
                                .isEqualTo("query parameter \"p\": \"" + value + "\" (expected: " + Expected.of(type)
                                        + ")");
                    });
        }
    }

    @Test
    void tellsTheClientWhatWasExpected() {
        TestApplication app = TestApplication.of(routes -> routes.get(
                "/x",
                request -> Response.json(request.query("sort", Order.class).orElseThrow())));

        Response response = app.get("/x?sort=random");

        assertThat(response.status()).isEqualTo(400);
        JsonNode problem = TestApplication.json(response);
        assertThat(problem.get("parameter").asString()).isEqualTo("sort");
        assertThat(problem.get("value").asString()).isEqualTo("random");
        assertThat(problem.get("expected").asString()).isEqualTo("one of NEWEST, OLDEST");
    }

    @Test
    void sendsBackNoMoreThanTheBeginningOfALongValue() {
        String value = "9".repeat(63) + "\ud83d\ude00" + "9".repeat(1000);

        assertThatThrownBy(() -> ParameterType.INTEGER.parse(Integer.class, "path parameter", "p", value))
                .hasMessageStartingWith("path parameter \"p\": \"" + "9".repeat(63) + "\u2026\" (expected: ");
    }

    @Test
    void refusesATypeItDoesNotKnowEvenWithoutAValue() {
        assertThatThrownBy(() -> request("/x").query("p", Thread.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("parameter type: java.lang.Thread (expected: String, ");
    }

    @Test
    void knowsNoPathParameterThatTheTemplateDoesNotHave() {
        assertThatThrownBy(() -> request("/x").path("id"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path parameter: \"id\" (expected: one of [], as in /x)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/x?a=1&b=2&a=3; a; 1|3",
                "/x?a; a; ''",
                "/x?a=; a; ''",
                "/x?=v; ''; v",
                "/x?&&a=1&; a; 1",
                "/x?a=b=c; a; b=c",
                "/x?a+b=c+d; 'a b'; c d",
                "/x?%61=%2B%26; a; +&",
                "/x?a=x?y; a; x?y",
                "/x?a=%E2%82%AC; a; \u20ac",
            })
    void decodesQueries(String target, String name, String values) {
        assertThat(String.join("|", request(target).queryAll(name))).isEqualTo(values);
        assertThat(request(target).query(name)).contains(values.split("\\|", -1)[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/x?", "/x?b=1"})
    void findsNothingWhereThereIsNothing(String target) {
        assertThat(request(target).query("a")).isEmpty();
        assertThat(request(target).query("a", Integer.class)).isEmpty();
        assertThat(request(target).queryAll("a")).isEmpty();
        assertThatThrownBy(() -> request(target).requiredQuery("a", String.class))
                .isInstanceOf(HttpException.class)
                .hasMessage("query parameter \"a\" is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x?a=%", "/x?%zz=1", "/x?b=%C3", "/x?a=1&b=%0", "/x?c=%00", "/x?a=\u00e9"})
    void answers400WhereAQueryCannotBeDecoded(String target) {
        TestApplication app = TestApplication.of(routes ->
                routes.get("/x", request -> Response.text(request.query("a").orElse("none"))));

        assertThat(app.get(target).status()).isEqualTo(400);
    }

    @Test
    void readsAQueryOnlyWhenAsked() {
        TestApplication app = TestApplication.of(routes -> routes.get("/x", request -> Response.text(request.path())));

        assertThat(TestApplication.text(app.get("/x?a=%"))).isEqualTo("/x");
    }

    private static Object pathValue(String raw, Class<?> type) {
        Object[] value = new Object[1];
        TestApplication app = TestApplication.of(routes -> routes.get("/p/{p}", request -> {
            value[0] = request.path("p", type);
            return Response.noContent();
        }));
        assertThat(app.get("/p/" + raw).status()).isEqualTo(204);
        return value[0];
    }

    private static Request request(String target) {
        return new ServerRequest(TestExchange.get(target), "/x", PathParameters.NONE, false, new Json());
    }
}
