package dev.chassis.admin;

import dev.chassis.context.Correlation;
import dev.chassis.http.Headers;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A request that was never sent. */
record TestRequest(
        String method,
        String path,
        String template,
        Map<String, String> parameters,
        Map<String, String> fields,
        String clientAddress,
        String bodyText)
        implements Request {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String path(String name) {
        return Optional.ofNullable(parameters.get(name)).orElseThrow(IllegalArgumentException::new);
    }

    @Override
    public <T> T body(Class<T> type) {
        try {
            return JSON.readValue(bodyText, type);
        } catch (JacksonException e) {
            throw HttpException.badRequest("not JSON");
        }
    }

    @Override
    public Headers headers() {
        return new Headers() {
            @Override
            public Optional<String> first(String name) {
                return Optional.ofNullable(fields.get(name));
            }

            @Override
            public List<String> all(String name) {
                return first(name).stream().toList();
            }

            @Override
            public Set<String> names() {
                return fields.keySet();
            }
        };
    }

    @Override
    public byte[] bodyBytes() {
        return bodyText.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public InputStream bodyStream() {
        return new ByteArrayInputStream(bodyBytes());
    }

    @Override
    public <T> T path(String name, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> query(String name, Class<T> type) {
        return Optional.empty();
    }

    @Override
    public List<String> queryAll(String name) {
        return List.of();
    }

    @Override
    public Correlation correlation() {
        return Correlation.mint();
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public String authority() {
        return "localhost";
    }

    @Override
    public <T> Optional<T> attribute(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public <T> Request with(Class<T> type, T attribute) {
        throw new UnsupportedOperationException();
    }
}
