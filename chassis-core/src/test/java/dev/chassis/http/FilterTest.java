package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilterTest {

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private final TestApplication app = TestApplication.of(routes -> routes.filter(mark("outer"))
            .get("/a", this::handle)
            .mount(
                    "/group",
                    group -> group.get("/b", this::handle)
                            .filter(mark("group"))
                            .mount(
                                    "/inner",
                                    inner -> inner.filter(mark("inner")).get("/c", this::handle)))
            .get("/d", this::handle)
            .filter(mark("second")));

    @BeforeEach
    void nothingHasBeenSeen() {
        seen.clear();
    }

    @Test
    void wrapTheFirstAddedOutermostWhateverCameBeforeOrAfter() {
        app.get("/a");
        app.get("/d");

        List<String> once = List.of("outer in", "second in", "handler", "second out", "outer out");
        assertThat(seen.subList(0, 5)).isEqualTo(once);
        assertThat(seen.subList(5, 10)).isEqualTo(once);
    }

    @Test
    void ofAGroupAreInsideThoseAroundItAndTouchNothingElse() {
        app.get("/group/inner/c");

        assertThat(seen)
                .containsExactly(
                        "outer in",
                        "second in",
                        "group in",
                        "inner in",
                        "handler",
                        "inner out",
                        "group out",
                        "second out",
                        "outer out");
        seen.clear();
        app.get("/group/b");
        assertThat(seen).contains("group in").doesNotContain("inner in");
    }

    @Test
    void ofTheTopLevelSeeWhatNoRouteAnswersAsAnException() {
        for (TestExchange exchange :
                List.of(TestExchange.get("/nothing"), TestExchange.get("/%"), TestExchange.of("PUT", "/group/b"))) {
            seen.clear();
            app.send(exchange);
            assertThat(seen).containsExactly("outer in", "second in");
        }
    }

    @Test
    void ofTheRouteSeeItsAutomaticOptions() {
        assertThat(app.send(TestExchange.of("OPTIONS", "/group/b")).status()).isEqualTo(204);

        assertThat(seen).containsExactly("outer in", "second in", "group in", "group out", "second out", "outer out");
    }

    @Test
    void mayAnswerThemselves() {
        TestApplication closed = TestApplication.of(
                routes -> routes.filter((request, next) -> Response.empty(503)).get("/a", this::handle));

        assertThat(closed.get("/a").status()).isEqualTo(503);
        assertThat(seen).isEmpty();
    }

    @Test
    void mayTranslateWhatHandlersThrow() {
        TestApplication translating = TestApplication.of(routes -> routes.filter((request, next) -> {
                    try {
                        return next.handle(request);
                    } catch (IllegalStateException e) {
                        throw HttpException.conflict(String.valueOf(e.getMessage()));
                    }
                })
                .get("/a", request -> {
                    throw new IllegalStateException("taken");
                }));

        Response response = translating.get("/a");

        assertThat(response.status()).isEqualTo(409);
        assertThat(TestApplication.json(response).get("detail").asString()).isEqualTo("taken");
    }

    @Test
    void mayHandAttributesToTheHandler() {
        record User(String name) {}
        TestApplication attributed = TestApplication.of(routes -> routes.filter(
                        (request, next) -> next.handle(request.with(User.class, new User("eve"))
                                .with(User.class, new User("ada"))
                                .with(Object.class, 1)))
                .get(
                        "/{id}",
                        request -> Response.text(
                                request.attribute(User.class).orElseThrow().name()
                                        + request.attribute(Object.class).orElseThrow()
                                        + request.attribute(String.class).isPresent()
                                        + request.path("id"))));

        assertThat(TestApplication.text(attributed.get("/7"))).isEqualTo("ada1false7");
    }

    @Test
    void thatReturnNothingAreBlamed() {
        TestApplication broken =
                TestApplication.of(routes -> routes.filter(FilterTest::nothing).get("/a", this::handle));

        try (CapturedLog log = new CapturedLog(Failures.class)) {
            assertThat(broken.get("/a").status()).isEqualTo(500);
            assertThat(log.events().get(0).getThrowableProxy().getMessage())
                    .isEqualTo("a filter of GET /a returned null (expected: a Response)");
        }
    }

    @SuppressWarnings("NullAway") // This is the mistake that is tested.
    private static Response nothing(Request request, Handler next) {
        return null;
    }

    private Response handle(Request request) {
        seen.add("handler");
        return Response.noContent();
    }

    private Filter mark(String name) {
        return (request, next) -> {
            seen.add(name + " in");
            Response response = next.handle(request);
            seen.add(name + " out");
            return response;
        };
    }
}
