package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.chassis.context.Correlation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProblemTest {

    @Test
    void isADocumentWithTheMembersOfTheStandardAndTheCorrelationId() {
        Response response = answer(request -> {
            throw HttpException.conflict("The name is \"taken\".");
        });

        assertThat(response.status()).isEqualTo(409);
        assertThat(TestApplication.all(response, "content-type")).containsExactly("application/problem+json");
        assertThat(TestApplication.text(response))
                .isEqualTo("{\"title\":\"Conflict\",\"status\":409,\"detail\":\"The name is \\\"taken\\\".\","
                        + "\"instance\":\"/players/7\",\"correlation_id\":\"order-4711\"}");
    }

    @Test
    void carriesExtensionsAndHeaders() {
        Response response = answer(request -> {
            throw HttpException.unavailable(Duration.ofMillis(1500), "Soon.")
                    .with("type", "https://errors.example/soon")
                    .with("title", "Not yet")
                    .with("attempts", 3)
                    .with("again", true)
                    .with("limits", Map.of("max", List.of(1.5, 2)))
                    .withHeader("x-hint", "wait");
        });

        JsonNode problem = TestApplication.json(response);
        assertThat(problem.get("type").asString()).isEqualTo("https://errors.example/soon");
        assertThat(problem.get("title").asString()).isEqualTo("Not yet");
        assertThat(problem.get("attempts").intValue()).isEqualTo(3);
        assertThat(problem.get("again").booleanValue()).isTrue();
        assertThat(problem.get("limits").toString()).isEqualTo("{\"max\":[1.5,2]}");
        assertThat(response.header("retry-after")).contains("2");
        assertThat(response.header("x-hint")).contains("wait");
    }

    @Test
    void escapesWhatJsonCannotHold() {
        String detail =
                "quote \" backslash \\ tab \t line \n return \r bell \u0007 del \u007f euro \u20ac smile \ud83d\ude00 lone \ud83d";

        Response response = answer(request -> {
            throw HttpException.badRequest(detail).with("odd \"name\"", "x");
        });

        assertThat(TestApplication.json(response).get("detail").asString()).isEqualTo(detail);
        assertThat(TestApplication.json(response).get("odd \"name\"").asString())
                .isEqualTo("x");
    }

    @Test
    void leavesOutAnExtensionThatCannotBeEncoded() {
        record Endless(Object self) {
            @Override
            public Object self() {
                throw new IllegalStateException("no");
            }
        }

        try (CapturedLog log = new CapturedLog(Problem.class)) {
            Response response = answer(request -> {
                throw HttpException.conflict("x").with("bad", new Endless("")).with("good", 1);
            });

            assertThat(response.status()).isEqualTo(409);
            assertThat(TestApplication.json(response).has("bad")).isFalse();
            assertThat(TestApplication.json(response).get("good").intValue()).isEqualTo(1);
            assertThat(log.levels()).containsExactly(Level.ERROR);
        }
    }

    @Test
    void tellsNothingOfAnUnexpectedFailureAndLogsItOnceUnderItsCorrelation() {
        IllegalStateException failure = new IllegalStateException("password is 1234");
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            Response response = answer(request -> {
                throw failure;
            });

            assertThat(response.status()).isEqualTo(500);
            assertThat(TestApplication.text(response)).doesNotContain("1234", "IllegalState", "dev.chassis");
            assertThat(TestApplication.json(response).get("correlation_id").asString())
                    .isEqualTo("order-4711");
            assertThat(log.events()).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                assertThat(event.getFormattedMessage()).isEqualTo("GET /players/{id} failed");
                assertThat(event.getThrowableProxy().getMessage()).isEqualTo("password is 1234");
                assertThat(event.getMDCPropertyMap()).containsEntry("correlation_id", "order-4711");
            });
        }
    }

    @Test
    void answersErrorsOfTheMachineToo() {
        for (Error error : List.of(new StackOverflowError(), new OutOfMemoryError(), new NoClassDefFoundError("x"))) {
            try (CapturedLog log = new CapturedLog(Failures.class)) {
                Response response = answer(request -> {
                    throw error;
                });
                assertThat(response.status()).isEqualTo(500);
                assertThat(log.levels()).containsExactly(Level.ERROR);
            }
        }
    }

    @Test
    void answersARecursionWithoutEnd() {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            assertThat(answer(ProblemTest::recurse).status()).isEqualTo(500);
            assertThat(log.events()).hasSize(1);
        }
    }

    @Test
    void blamesAHandlerThatReturnsNothing() {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            assertThat(answer(ProblemTest::nothing).status()).isEqualTo(500);
            assertThat(log.events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.getThrowableProxy().getMessage())
                            .isEqualTo("the handler of GET /players/{id} returned null (expected: a Response)"));
        }
    }

    @Test
    void isTheWholeAnswerWhereAValueCannotBeEncoded() {
        record Broken(int value) {
            @Override
            public int value() {
                throw new IllegalStateException("secret");
            }
        }
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            Response response =
                    answer(request -> Response.json(new Broken(1)).status(201).header("location", "/x"));

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.header("location")).isEmpty();
            assertThat(TestApplication.text(response)).doesNotContain("secret");
            assertThat(log.levels()).containsExactly(Level.ERROR);
        }
    }

    @Test
    void looksThroughWhatFuturesWrap() {
        Response response = answer(request -> CompletableFuture.<Response>failedFuture(
                        new CompletionException(HttpException.notFound("Gone.")))
                .join());

        assertThat(response.status()).isEqualTo(404);
    }

    @Test
    void ofAnInterruptedHandlerKeepsTheInterrupt() {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            Response response = answer(request -> {
                throw new InterruptedException();
            });

            assertThat(Thread.interrupted()).isTrue();
            assertThat(response.status()).isEqualTo(503);
            assertThat(log.levels()).containsExactly(Level.WARN);
        }
    }

    @Test
    void isLoggedWhereItHasACauseAndIsOurFault() {
        IOException cause = new IOException("refused");
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            answer(request -> {
                throw new HttpException(502, "Upstream is away.").causedBy(cause);
            });
            answer(request -> {
                throw new HttpException(503, "Later.");
            });
            answer(request -> {
                throw HttpException.badRequest("No.").causedBy(cause);
            });

            assertThat(log.events()).singleElement().satisfies(event -> {
                assertThat(event.getFormattedMessage()).isEqualTo("GET /players/{id}: 502 Upstream is away.");
                assertThat(event.getThrowableProxy().getMessage()).isEqualTo("refused");
            });
        }
    }

    @Test
    void hasTheSameFormWhereThePipelineRefuses() {
        TestApplication app = TestApplication.of(routes -> routes.get("/a", request -> Response.noContent()));
        TestExchange exchange = TestExchange.get("/a?secret=1");

        Response response = app.endpoint("GET", "/a").refuse(exchange, 503, "Too busy.");

        assertThat(response.status()).isEqualTo(503);
        assertThat(TestApplication.text(response))
                .isEqualTo("{\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"Too busy.\","
                        + "\"instance\":\"/a\",\"correlation_id\":\"order-4711\"}");
    }

    @Test
    void leavesNoCorrelationBehind() {
        answer(request -> {
            assertThat(Correlation.current()).isEqualTo(TestExchange.CORRELATION);
            throw HttpException.badRequest("x");
        });

        assertThat(Correlation.current()).isNull();
    }

    @Test
    void logsNothingForAnAnswerThatWasMeant() {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            answer(request -> {
                throw HttpException.notFound("x");
            });

            assertThat(log.events()).isEqualTo(List.<ILoggingEvent>of());
        }
    }

    private static Response answer(Handler handler) {
        return TestApplication.of(routes -> routes.get("/players/{id}", handler))
                .get("/players/7?token=abc");
    }

    @SuppressWarnings("InfiniteRecursion") // This is the mistake that is tested.
    private static Response recurse(Request request) {
        return recurse(request).status(200);
    }

    @SuppressWarnings("NullAway") // This is the mistake that is tested.
    private static Response nothing(Request request) {
        return null;
    }
}
