package dev.chassis.http;

import dev.chassis.http.internal.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application that is asked directly, without a server. */
record TestApplication(HttpApplication application) {

    static final long MAX_BODY_BYTES = 1_000;
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final JsonMapper JSON = new JsonMapper();

    static TestApplication of(Consumer<Routes> routes) {
        return new TestApplication(HttpApplication.of(List.of(routes), builtIn -> {}, MAX_BODY_BYTES, TIMEOUT));
    }

    Endpoint endpoint(String method, String rawPath) {
        return application.resolve(method, rawPath);
    }

    Response send(TestExchange exchange) {
        return endpoint(exchange.method(), exchange.rawPath()).handle(exchange);
    }

    Response get(String target) {
        return send(TestExchange.get(target));
    }

    /** The body of an answer that must have been encoded. */
    static String text(Response response) {
        return new String(((Response.Body.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
    }

    static JsonNode json(Response response) {
        return JSON.readTree(text(response));
    }

    static List<String> all(Response response, String header) {
        return response.headers().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(header))
                .map(field -> field.getValue())
                .toList();
    }
}
