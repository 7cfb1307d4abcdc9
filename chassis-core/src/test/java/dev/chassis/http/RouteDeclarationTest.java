package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.http.internal.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteDeclarationTest {

    private static final Handler HANDLER = request -> Response.noContent();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/a/{id",
                "/a/id}",
                "/a/{}",
                "/a/{i d}",
                "/a/x{id}",
                "/a/{id}x",
                "/a/{rest...}/b",
                "/{...}",
                "/a//b",
                "//",
                "/a/./b",
                "/..",
                "/:id",
                "/a/*",
                "/a?b",
                "/a%20b",
                "/a b",
                "/a#b",
                "/{id}/{id}",
                "/{id}/{id...}",
                "/a\\b"
            })
    void refusesATemplateThatMakesNoSense(String template) {
        assertThatThrownBy(() -> TestApplication.of(routes -> routes.get(template, HANDLER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("template: \"" + template + "\" (expected: ");
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a",
        "/a/{id}, /a/{name}",
        "/a/{id}/b, /a/{name}/b",
        "/{all...}, /{everything...}",
        "/a/, /a/",
    })
    void namesBothRoutesThatMatchTheSameRequests(String one, String other) {
        assertThatThrownBy(() ->
                        TestApplication.of(routes -> routes.get(one, HANDLER).get(other, HANDLER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("routes: GET " + other + " and GET " + one
                        + " match the same requests (expected: one of them)");
    }

    @Test
    void takesTheSamePathForTwoMethodsAndOverlappingTemplates() {
        TestApplication app = TestApplication.of(routes -> routes.get("/a/{id}", HANDLER)
                .post("/a/{other}", HANDLER)
                .get("/a/b", HANDLER)
                .get("/{x}/b", HANDLER)
                .get("/a", HANDLER)
                .get("/a/", HANDLER));

        assertThat(app.endpoint("GET", "/c/b").template()).isEqualTo("/{x}/b");
    }

    @Test
    void findsConflictsAcrossDeclarationsMountsAndBuiltIns() {
        Consumer<Routes> live = routes -> routes.get("/livez", HANDLER);
        Consumer<Routes> mounted = routes -> routes.mount("", group -> group.get("/livez", HANDLER));

        assertThatThrownBy(() -> HttpApplication.of(List.of(live, mounted), builtIn -> {}, 1, Duration.ZERO))
                .hasMessageContaining("GET /livez and GET /livez");
        assertThatThrownBy(() -> HttpApplication.of(List.of(live), live, 1, Duration.ZERO))
                .hasMessageContaining("GET /livez and GET /livez");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/", "a", "/{rest...}"})
    void refusesAPrefixThatMakesNoSense(String prefix) {
        assertThatThrownBy(() -> TestApplication.of(routes -> routes.mount(prefix, group -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + prefix + "\" (expected: ");
    }

    @Test
    void refusesAParameterThatTheMountHasAlready() {
        assertThatThrownBy(() ->
                        TestApplication.of(routes -> routes.mount("/{id}", group -> group.get("/x/{id}", HANDLER))))
                .hasMessageContaining("\"/{id}/x/{id}\"")
                .hasMessageContaining("{id} is there twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GE T", "G\u00c9T"})
    void refusesAMethodThatIsNoToken(String method) {
        assertThatThrownBy(() -> TestApplication.of(routes -> routes.route(method, "/", HANDLER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("method: \"" + method + "\"");
    }

    @Test
    void refusesOptionsThatMakeNoSenseNamingTheRoute() {
        assertThatThrownBy(() -> withOptions(route -> route.maxBodyBytes(0)))
                .hasMessage("maxBodyBytes of GET /a: 0 (expected: more than zero)");
        assertThatThrownBy(() -> withOptions(route -> route.timeout(Duration.ZERO)))
                .hasMessage("timeout of GET /a: PT0S (expected: more than zero)");
        assertThatThrownBy(() -> withOptions(route -> route.streaming().onEventLoop()))
                .hasMessageStartingWith("GET /a: onEventLoop and streaming");
        assertThatThrownBy(() -> withOptions(route -> route.onEventLoop().streaming()))
                .hasMessageStartingWith("GET /a: onEventLoop and streaming");
    }

    @Test
    void refusesDefaultsThatMakeNoSense() {
        assertThatThrownBy(() -> HttpApplication.of(List.of(), builtIn -> {}, -1, Duration.ZERO))
                .hasMessage("maxBodyBytes: -1 (expected: zero, for none, or more)");
        assertThatThrownBy(() -> HttpApplication.of(List.of(), builtIn -> {}, 1, Duration.ofSeconds(-1)))
                .hasMessageStartingWith("requestTimeout: PT-1S");
    }

    @Test
    void givesARouteItsOptionsAndTheDefaultsOfTheRest() {
        Endpoint plain = withOptions(route -> {});
        assertThat(plain.onEventLoop()).isFalse();
        assertThat(plain.streaming()).isFalse();
        assertThat(plain.sheddable()).isTrue();
        assertThat(plain.maxBodyBytes()).isEqualTo(TestApplication.MAX_BODY_BYTES);
        assertThat(plain.timeout()).isEqualTo(TestApplication.TIMEOUT);

        Endpoint special =
                withOptions(route -> route.streaming().maxBodyBytes(5).timeout(Duration.ofMinutes(5)));
        assertThat(special.streaming()).isTrue();
        assertThat(special.maxBodyBytes()).isEqualTo(5);
        assertThat(special.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(withOptions(Route::onEventLoop).onEventLoop()).isTrue();
    }

    @Test
    void answersBuiltInsOnTheEventLoopWithoutSheddingAndOutsideFilters() {
        Consumer<Routes> routes = service -> service.get("/a", HANDLER)
                .get("/{all...}", HANDLER)
                .filter((request, next) -> next.handle(request).header("filtered", "yes"));
        HttpApplication application =
                HttpApplication.of(List.of(routes), builtIn -> builtIn.get("/livez", HANDLER), 1, Duration.ZERO);

        Endpoint live = application.resolve("GET", "/livez");
        assertThat(live.onEventLoop()).isTrue();
        assertThat(live.sheddable()).isFalse();
        assertThat(live.handle(TestExchange.get("/livez")).header("filtered")).isEmpty();
        assertThat(application
                        .resolve("GET", "/a")
                        .handle(TestExchange.get("/a"))
                        .header("filtered"))
                .contains("yes");
        assertThat(application.resolve("HEAD", "/livez").sheddable()).isFalse();
    }

    @Test
    void answersUnknownPathsOnTheEventLoopUnlessFiltersCouldBlockIt() {
        assertThat(TestApplication.of(routes -> {}).endpoint("GET", "/x").onEventLoop())
                .isTrue();
        assertThat(TestApplication.of(routes -> routes.filter((request, next) -> next.handle(request)))
                        .endpoint("GET", "/x")
                        .onEventLoop())
                .isFalse();
    }

    @Test
    void refusesWhatIsDeclaredWhenTheAssemblyIsOver() {
        Routes[] kept = new Routes[2];
        TestApplication.of(routes -> kept[0] = routes.mount("/group", group -> kept[1] = group));

        for (Routes late : kept) {
            assertThatThrownBy(() -> late.get("/late", HANDLER)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> late.filter((request, next) -> next.handle(request)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static Endpoint withOptions(Consumer<Route> options) {
        return TestApplication.of(routes -> routes.get("/a", HANDLER, options)).endpoint("GET", "/a");
    }
}
