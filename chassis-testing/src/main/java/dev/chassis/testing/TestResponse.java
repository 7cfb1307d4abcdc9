package dev.chassis.testing;

import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service answered, read whole. Immutable and thread-safe. */
public final class TestResponse {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpResponse<String> response;

    TestResponse(HttpResponse<String> response) {
        this.response = response;
    }

    /** The status. */
    public int status() {
        return response.statusCode();
    }

    /** The body as text; empty if there was none. */
    public String body() {
        return response.body();
    }

    /** The body, decoded from JSON. Members the type does not have are a failure, so that a test notices what it does not expect. */
    public <T> T json(Class<T> type) {
        return JSON.readerFor(type)
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(body());
    }

    /** The body as a JSON tree, for a look at single members: {@code json().at("/detail").asString()}. */
    public JsonNode json() {
        return JSON.readTree(body());
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** Status and body, for the message of a failed assertion. */
    @Override
    public String toString() {
        return status() + " " + body();
    }
}
