package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {

    private static final Handler TEMPLATE = request -> Response.text(request.method() + " " + request.template());

    private final TestApplication app = TestApplication.of(routes -> routes.get("/", TEMPLATE)
            .get("/contests/{id}", TEMPLATE)
            .get("/contests/latest", TEMPLATE)
            .get("/contests/{id}/scores", TEMPLATE)
            .get("/contests/latest/{what}", TEMPLATE)
            .get("/files/{path...}", TEMPLATE)
            .get("/files/{name}/info", TEMPLATE)
            .get("/slash/", TEMPLATE)
            .post("/contests/{contest}", TEMPLATE)
            .get("/caf\u00e9", TEMPLATE)
            .route("REPORT", "/contests/{id}", TEMPLATE));

    @ParameterizedTest
    @CsvSource({
        "GET, /, /",
        "GET, /contests/7, /contests/{id}",
        "GET, /contests/latest, /contests/latest",
        "GET, /contests/7/scores, /contests/{id}/scores",
        "GET, /contests/latest/scores, /contests/latest/{what}",
        "GET, /files/a, /files/{path...}",
        "GET, /files/, /files/{path...}",
        "GET, /files/a/b/c, /files/{path...}",
        "GET, /files/a/info, /files/{name}/info",
        "GET, /files/a/info/, /files/{path...}",
        "GET, /slash/, /slash/",
        "POST, /contests/latest, /contests/{contest}",
        "GET, /c%6Fntests/7, /contests/{id}",
        "GET, /contests/l%61test, /contests/latest",
        "GET, /caf%C3%A9, /caf\u00e9",
        "REPORT, /contests/7, /contests/{id}",
    })
    void findsTheBestTemplate(String method, String path, String template) {
        assertThat(TestApplication.text(app.send(TestExchange.of(method, path))))
                .isEqualTo(method + " " + template);
        assertThat(app.endpoint(method, path).template()).isEqualTo(template);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/contests",
                "/contests/",
                "/contests/7/",
                "/contests//scores",
                "//",
                "/slash",
                "/files",
                "/files/../secret",
                "/files/%2e%2e/secret",
                "/files/a//b",
                "/files//etc/passwd",
                "/./",
                "/contests/..",
                "/contests/%2E",
                "/CONTESTS/7",
                "",
                "*",
                "contests/7",
                "http://host/contests/7"
            })
    void answers404WhereNoTemplateMatches(String path) {
        Response response = app.get(path);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("content-type")).contains("application/problem+json");
        assertThat(app.endpoint("GET", path).template()).isEqualTo("unmatched");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/contests/%",
                "/contests/%4",
                "/contests/%zz",
                "/contests/%u0041",
                "/contests/%C3",
                "/contests/%C3%28",
                "/contests/%00",
                "/nothing/%",
                "/contests/caf\u00e9",
                "/contests/a b",
                "/contests/%ED%A0%80",
                "/contests/%C0%AF",
                "/files/a%2Fb",
                "/files/a/..%2F..%2Fb",
                "/contests/%+1",
                "/contests/%\uff11\uff11"
            })
    void answers400WhereThePathCannotBeDecoded(String path) {
        assertThat(app.get(path).status()).isEqualTo(400);
    }

    @Test
    void keepsAnEncodedSlashInsideItsSegment() {
        TestApplication echo = TestApplication.of(routes -> routes.get(
                "/a/{one}/{two}", request -> Response.text(request.path("one") + "|" + request.path("two"))));

        assertThat(TestApplication.text(echo.get("/a/x%2Fy/%e2%82%ac+%25"))).isEqualTo("x/y|\u20ac+%");
    }

    @Test
    void handsTheRestOverDecodedAndJoined() {
        TestApplication echo = TestApplication.of(
                routes -> routes.get("/f/{path...}", request -> Response.text(request.path("path"))));

        assertThat(TestApplication.text(echo.get("/f/a%20b/c/"))).isEqualTo("a b/c/");
        assertThat(TestApplication.text(echo.get("/f/"))).isEmpty();
    }

    @Test
    void answersHeadThroughGetButPrefersItsOwnRoute() {
        TestApplication own = TestApplication.of(routes ->
                routes.get("/a", TEMPLATE).get("/b", TEMPLATE).route("HEAD", "/b", request -> Response.empty(299)));

        assertThat(own.send(TestExchange.of("HEAD", "/a")).status()).isEqualTo(200);
        assertThat(TestApplication.text(own.send(TestExchange.of("HEAD", "/a"))))
                .isEqualTo("HEAD /a");
        assertThat(own.send(TestExchange.of("HEAD", "/b")).status()).isEqualTo(299);
        assertThat(app.send(TestExchange.of("HEAD", "/contests/7")).status()).isEqualTo(200);
    }

    @Test
    void answers405WithWhatIsAllowed() {
        Response response = app.send(TestExchange.of("DELETE", "/contests/7"));

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("allow")).contains("GET, HEAD, OPTIONS, POST, REPORT");
        assertThat(TestApplication.json(response).get("title").asString()).isEqualTo("Method Not Allowed");
        assertThat(app.endpoint("DELETE", "/contests/7").template()).isEqualTo("/contests/{id}");
        assertThat(app.send(TestExchange.of("get", "/contests/7")).status()).isEqualTo(405);
    }

    @Test
    void answersOptionsForEveryPath() {
        Response known = app.send(TestExchange.of("OPTIONS", "/slash/"));

        assertThat(known.status()).isEqualTo(204);
        assertThat(known.header("allow")).contains("GET, HEAD, OPTIONS");
        assertThat(app.send(TestExchange.of("OPTIONS", "*")).header("allow"))
                .contains("GET, HEAD, OPTIONS, POST, REPORT");
        assertThat(app.send(TestExchange.of("OPTIONS", "/nothing")).status()).isEqualTo(404);
    }

    @Test
    void prefersADeclaredOptionsRoute() {
        TestApplication own = TestApplication.of(
                routes -> routes.get("/a", TEMPLATE).route("OPTIONS", "/a", request -> Response.empty(299)));

        assertThat(own.send(TestExchange.of("OPTIONS", "/a")).status()).isEqualTo(299);
    }

    @Test
    void mountsSubRoutesUnderATemplateWhoseParametersTheySee() {
        TestApplication mounted = TestApplication.of(routes -> routes.mount(
                "/tenants/{tenant}",
                tenant -> tenant.get("", request -> Response.text("itself " + request.path("tenant")))
                        .get("/", request -> Response.text("slash"))
                        .mount(
                                "/users",
                                users -> users.get(
                                        "/{user}",
                                        request ->
                                                Response.text(request.path("tenant") + "/" + request.path("user"))))));

        assertThat(TestApplication.text(mounted.get("/tenants/t1"))).isEqualTo("itself t1");
        assertThat(TestApplication.text(mounted.get("/tenants/t1/"))).isEqualTo("slash");
        assertThat(TestApplication.text(mounted.get("/tenants/t1/users/u2"))).isEqualTo("t1/u2");
        assertThat(mounted.endpoint("GET", "/tenants/t1/users/u2").template())
                .isEqualTo("/tenants/{tenant}/users/{user}");
    }

    @Test
    void returnsTheSameEndpointForAPathWithoutParameters() {
        assertThat(app.endpoint("GET", "/contests/latest")).isSameAs(app.endpoint("GET", "/contests/l%61test"));
    }
}
