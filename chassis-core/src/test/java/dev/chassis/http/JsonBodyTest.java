package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonBodyTest {

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "high up";
            }
        }
    }

    record Player(String name, int score, List<Item> items, Level level, Map<String, Double> rates) {}

    record Item(long id, boolean rare) {}

    record Checked(int age) {
        Checked {
            if (age < 0) {
                throw HttpException.badRequest("age: " + age + " (expected: zero or more)");
            }
            if (age > 200) {
                throw new IllegalArgumentException("a secret of the implementation");
            }
        }
    }

    record Timed(String zone, Instant at, Duration took, BigDecimal amount, Level level) {}

    private final TestApplication app =
            TestApplication.of(routes -> routes.post("/players", request -> Response.json(request.body(Player.class)))
                    .post("/checked", request -> Response.json(request.body(Checked.class)))
                    .post("/timed", request -> Response.json(request.body(Timed.class)))
                    .post("/text", request -> Response.text(request.bodyText()))
                    .post("/bytes", request -> Response.json(request.bodyBytes().length))
                    .post("/unreadable", request -> Response.json(request.body(Runnable.class))));

    @Test
    void decodesARecordAndEncodesItInTheOrderOfItsDeclaration() {
        String body =
                "{\"level\":\"HIGH\",\"name\":\"ada\",\"score\":3,\"items\":[{\"id\":1,\"rare\":true}],\"rates\":{\"b\":1.5}}";

        Response response = app.send(TestExchange.post("/players", body));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).contains("application/json");
        assertThat(TestApplication.text(response))
                .isEqualTo(
                        "{\"name\":\"ada\",\"score\":3,\"items\":[{\"id\":1,\"rare\":true}],\"level\":\"HIGH\",\"rates\":{\"b\":1.5}}");
    }

    @Test
    void writesTimesAsText() {
        String body =
                "{\"zone\":\"z\",\"at\":\"2026-01-31T12:00:00Z\",\"took\":\"PT1.5S\",\"amount\":10.50,\"level\":\"LOW\"}";

        assertThat(TestApplication.text(app.send(TestExchange.post("/timed", body))))
                .isEqualTo(body);
    }

    @Test
    void ignoresMembersItDoesNotKnow() {
        assertThat(app.send(TestExchange.post("/players", "{\"score\":1,\"new\":{\"a\":[1]}}"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"score\":\"5\"}; $.score; a whole number from -2147483648 to 2147483647",
                "{\"score\":1.5}; $.score; a whole number from -2147483648 to 2147483647",
                "{\"score\":99999999999}; $.score; a whole number from -2147483648 to 2147483647",
                "{\"score\":null}; $.score; a whole number from -2147483648 to 2147483647",
                "{\"name\":\"x\"}; $.score; a whole number from -2147483648 to 2147483647",
                "{\"score\":1,\"name\":[]}; $.name; text",
                "{\"score\":1,\"items\":{}}; $.items; an array",
                "{\"score\":1,\"items\":[{\"id\":1,\"rare\":true},{\"id\":2,\"rare\":\"yes\"}]}; $.items[1].rare; true or false",
                "{\"score\":1,\"items\":[3]}; $.items[0]; an object",
                "{\"score\":1,\"level\":\"MIDDLE\"}; $.level; one of LOW, HIGH",
                "{\"score\":1,\"level\":1}; $.level; one of LOW, HIGH",
                "{\"score\":1,\"rates\":{\"x\":\"1\"}}; $.rates.x; a number",
            })
    void namesThePathAndWhatWasExpected(String body, String path, String expected) {
        JsonNode problem = refused(TestExchange.post("/players", body));

        assertThat(problem.get("detail").asString())
                .startsWith("The body has a wrong value at " + path + " (expected: " + expected + "), line 1, column ");
        assertThat(problem.get("path").asString()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"score\":1",
                "nonsense",
                "{\"score\":01}",
                "{'score':1}",
                "{\"score\":1}}",
                "{\"score\":1} 2",
                "{\"score\":1,}",
                "/* no */ {\"score\":1}",
                "{\"score\":NaN}"
            })
    void saysWhereItIsNoJson(String body) {
        assertThat(refused(TestExchange.post("/players", body)).get("detail").asString())
                .matches("The body (is not JSON|has a wrong value at .*), line 1, column \\d+\\.");
    }

    @Test
    void countsLines() {
        assertThat(refused(TestExchange.post("/players", "{\n  \"score\": 1,\n  ?\n}"))
                        .get("detail")
                        .asString())
                .isEqualTo("The body is not JSON, line 3, column 3.");
    }

    @ParameterizedTest
    @CsvSource({"'', The body is empty (expected: JSON).", "null, The body is null (expected: an object)."})
    void refusesNothing(String body, String detail) {
        assertThat(refused(TestExchange.post("/players", body)).get("detail").asString())
                .isEqualTo(detail);
    }

    @Test
    void refusesABodyThatIsNestedTooDeeply() {
        String deep = "{\"score\":1,\"other\":" + "[".repeat(101) + "]".repeat(101) + "}";

        assertThat(refused(TestExchange.post("/players", deep)).get("detail").asString())
                .startsWith("The body is nested too deeply");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        TestExchange exchange = TestExchange.post("/players", "")
                .body("{\"score\":1,\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refused(exchange).get("detail").asString()).startsWith("The body is not JSON");
    }

    @Test
    void answersWithWhatARecordSaysItselfAndNothingElse() {
        assertThat(refused(TestExchange.post("/checked", "{\"age\":-1}"))
                        .get("detail")
                        .asString())
                .isEqualTo("age: -1 (expected: zero or more)");
        assertThat(refused(TestExchange.post("/checked", "{\"age\":201}"))
                        .get("detail")
                        .asString())
                .startsWith("The body has an invalid value at $")
                .doesNotContain("secret");
    }

    @Test
    void tellsNoClassName() {
        for (String body : List.of("[]", "\"x\"", "1", "{\"items\":[[]]}", "{\"score\":1,\"level\":{}}")) {
            assertThat(refused(TestExchange.post("/players", body)).toString())
                    .doesNotContain("dev.chassis", "jackson", "Player", "java.");
        }
    }

    @Test
    void isAFaultOfTheServiceWhereItsTypeCannotBeDecoded() {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            assertThat(app.send(TestExchange.post("/unreadable", "{}")).status())
                    .isEqualTo(500);
            assertThat(log.events()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "APPLICATION/JSON ; charset=utf-8, 200",
        "application/merge-patch+json, 200",
        "text/json, 415",
        "text/plain, 415",
        "application/jsonp, 415",
        "application/x-www-form-urlencoded, 415",
    })
    void looksAtTheContentType(String contentType, int status) {
        TestExchange exchange =
                TestExchange.of("POST", "/players").body("{\"score\":1}").header("content-type", contentType);

        Response response = app.send(exchange);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("accept").isPresent()).isEqualTo(status == 415);
    }

    @Test
    void takesABodyWithoutContentTypeForJson() {
        assertThat(app.send(TestExchange.of("POST", "/players").body("{\"score\":1}"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain|UTF-8",
                "text/plain; charset=iso-8859-1|ISO-8859-1",
                "text/plain;format=flowed; CHARSET=\"utf-16be\"|UTF-16BE",
            })
    void decodesTextInItsCharset(String contentType, String charset) throws Exception {
        TestExchange exchange = TestExchange.of("POST", "/text")
                .header("content-type", contentType)
                .body("gr\u00fc\u00df".getBytes(charset));

        assertThat(TestApplication.text(app.send(exchange))).isEqualTo("gr\u00fc\u00df");
    }

    @Test
    void refusesTextThatIsNotInItsCharset() {
        TestExchange wrong = TestExchange.of("POST", "/text").body(new byte[] {(byte) 0xff});

        assertThat(app.send(wrong).status()).isEqualTo(400);
        assertThat(app.send(wrong.header("content-type", "text/plain; charset=klingon"))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void handsOverTheBytes() {
        assertThat(TestApplication.text(
                        app.send(TestExchange.of("POST", "/bytes").body(new byte[17]))))
                .isEqualTo("17");
    }

    private JsonNode refused(TestExchange exchange) {
        Response response = app.send(exchange);
        assertThat(response.status()).isEqualTo(400);
        return TestApplication.json(response);
    }
}
