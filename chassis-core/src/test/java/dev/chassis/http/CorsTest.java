package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {

    private static final String ORIGIN = "https://app.example";

    private final Cors full = Cors.origins(ORIGIN, "http://localhost:3000")
            .methods("GET", "PUT")
            .headers("content-type", "x-a")
            .exposed("x-b")
            .credentials()
            .maxAge(Duration.ofHours(1));

    @Test
    void answersAPreflightWithEverythingThatIsAllowed() {
        Response response = app(full).send(preflight(ORIGIN));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("access-control-allow-origin")).contains(ORIGIN);
        assertThat(response.header("access-control-allow-methods")).contains("GET, PUT");
        assertThat(response.header("access-control-allow-headers")).contains("content-type, x-a");
        assertThat(response.header("access-control-max-age")).contains("3600");
        assertThat(response.header("access-control-allow-credentials")).contains("true");
        assertThat(response.header("access-control-expose-headers")).isEmpty();
        assertThat(response.header("vary")).contains("Origin");
    }

    @Test
    void answersAPreflightOfAStrangerWithoutPermission() {
        Response response = app(full).send(preflight("https://evil.example"));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers()).allMatch(field -> !field.getKey().startsWith("access-control"));
        assertThat(response.header("vary")).contains("Origin");
    }

    @Test
    void takesOptionsWithoutARequestedMethodForAnOrdinaryRequest() {
        Response response = app(full).send(TestExchange.of("OPTIONS", "/a").header("origin", ORIGIN));

        assertThat(response.header("allow")).contains("GET, HEAD, OPTIONS");
        assertThat(response.header("access-control-allow-origin")).contains(ORIGIN);
        assertThat(response.header("access-control-allow-methods")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/a, 200", "/refused, 403", "/failing, 500", "/nothing, 404"})
    void letsThePageReadEveryAnswerErrorsIncluded(String path, int status) {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            Response response = app(full).send(TestExchange.get(path).header("Origin", ORIGIN));

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("access-control-allow-origin")).contains(ORIGIN);
            assertThat(response.header("access-control-expose-headers")).contains("x-b");
            assertThat(response.header("access-control-allow-credentials")).contains("true");
            assertThat(response.header("vary")).contains("Origin");
            assertThat(log.events()).hasSize(status == 500 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "https://app.example.evil", "null", "HTTPS://APP.EXAMPLE", "*"})
    void givesAStrangerNoPermissionButStillVaries(String origin) {
        Response response = app(full).send(TestExchange.get("/a").header("origin", origin));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).allMatch(field -> !field.getKey().startsWith("access-control"));
        assertThat(response.header("vary")).contains("Origin");
    }

    @Test
    void variesEvenWhereThereIsNoOrigin() {
        Response response = app(full).get("/a");

        assertThat(response.header("vary")).contains("Origin");
        assertThat(response.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void allowsAnyOriginWithAStarAndWithoutVary() {
        Response simple = app(Cors.anyOrigin()).send(TestExchange.get("/a").header("origin", "https://any.example"));
        Response preflight = app(Cors.anyOrigin()).send(preflight("null"));

        assertThat(simple.header("access-control-allow-origin")).contains("*");
        assertThat(simple.header("vary")).isEmpty();
        assertThat(preflight.header("access-control-allow-origin")).contains("*");
        assertThat(preflight.header("access-control-allow-methods")).contains("GET, HEAD, POST");
        assertThat(preflight.header("access-control-allow-headers")).isEmpty();
        assertThat(preflight.header("access-control-max-age")).isEmpty();
    }

    @Test
    void worksInAGroupOfItsOwn() {
        TestApplication app = TestApplication.of(routes -> routes.get("/private", request -> Response.noContent())
                .mount("/public", open -> open.filter(full).put("/{id}", request -> Response.noContent())));

        Response open = app.send(TestExchange.of("OPTIONS", "/public/1")
                .header("origin", ORIGIN)
                .header("access-control-request-method", "PUT"));
        Response closed = app.send(TestExchange.of("OPTIONS", "/private")
                .header("origin", ORIGIN)
                .header("access-control-request-method", "GET"));

        assertThat(open.header("access-control-allow-methods")).contains("GET, PUT");
        assertThat(closed.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void keepsAVaryThatIsThere() {
        TestApplication app = TestApplication.of(routes ->
                routes.filter(full).get("/a", request -> Response.noContent().header("vary", "Accept")));

        assertThat(TestApplication.all(app.get("/a"), "vary")).containsExactly("Accept", "Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "app.example",
                "https://app.example/",
                "https://app.example/x",
                "https://App.example",
                "https://",
                "",
                "https://a b",
                "https://u@app.example",
                "https://app.example?x"
            })
    void refusesWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> Cors.origins(origin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("origin: \"" + origin + "\" (expected: ");
    }

    @Test
    void refusesWhatBrowsersWouldRefuseOrMisread() {
        assertThatThrownBy(() -> Cors.anyOrigin().credentials())
                .hasMessage("credentials: for any origin (expected: a list of origins)");
        assertThatThrownBy(() -> Cors.origins()).hasMessageStartingWith("origins: none");
        assertThatThrownBy(() -> full.methods("GE T")).hasMessageStartingWith("method: \"GE T\"");
        assertThatThrownBy(() -> full.headers("*")).hasMessageStartingWith("header: \"*\"");
        assertThatThrownBy(() -> full.exposed("a\r\n")).hasMessageStartingWith("exposed header: ");
        assertThatThrownBy(() -> full.maxAge(Duration.ofSeconds(-1))).hasMessageStartingWith("maxAge: PT-1S");
    }

    private static TestExchange preflight(String origin) {
        return TestExchange.of("OPTIONS", "/a")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "x-a");
    }

    private static TestApplication app(Cors cors) {
        return TestApplication.of(routes -> routes.filter(cors)
                .get("/a", request -> Response.text("a"))
                .get("/refused", request -> {
                    throw HttpException.forbidden("no");
                })
                .get("/failing", request -> {
                    throw new IllegalStateException();
                }));
    }
}
