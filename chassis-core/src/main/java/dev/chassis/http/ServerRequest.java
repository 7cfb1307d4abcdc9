package dev.chassis.http;

import dev.chassis.context.Correlation;
import dev.chassis.http.internal.Exchange;
import dev.chassis.json.Json;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request over an exchange. Immutable but for what is remembered once it has been read; copies share the body. */
final class ServerRequest implements Request {

    private final Exchange exchange;
    private final String template;
    private final PathParameters parameters;
    private final RequestBody body;
    private final @Nullable Attribute attributes;

    /** Read when first asked for. Two threads may both read it; they read the same. */
    private @Nullable Query query;

    ServerRequest(Exchange exchange, String template, PathParameters parameters, boolean streaming, Json json) {
        this(exchange, template, parameters, new RequestBody(exchange, streaming, json), null);
    }

    private ServerRequest(
            Exchange exchange,
            String template,
            PathParameters parameters,
            RequestBody body,
            @Nullable Attribute attributes) {
        this.exchange = exchange;
        this.template = template;
        this.parameters = parameters;
        this.body = body;
        this.attributes = attributes;
    }

    /** What filters have attached, the latest first. */
    private record Attribute(
            Class<?> type, Object value, @Nullable Attribute before) {}

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public String path() {
        String target = exchange.target();
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    @Override
    public String template() {
        return template;
    }

    @Override
    public String path(String name) {
        return parameters.value(name, template);
    }

    @Override
    public <T> T path(String name, Class<T> type) {
        return ParameterType.of(type).parse(type, "path parameter", name, path(name));
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(query().first(name));
    }

    @Override
    public <T> Optional<T> query(String name, Class<T> type) {
        ParameterType known = ParameterType.of(type);
        String value = query().first(name);
        return value == null ? Optional.empty() : Optional.of(known.parse(type, "query parameter", name, value));
    }

    @Override
    public List<String> queryAll(String name) {
        return query().all(name);
    }

    @Override
    public Headers headers() {
        return exchange.headers();
    }

    @Override
    public <T> T body(Class<T> type) {
        return body.json(type);
    }

    @Override
    public String bodyText() {
        return body.text();
    }

    @Override
    public byte[] bodyBytes() {
        return body.bytes();
    }

    @Override
    public InputStream bodyStream() {
        return body.stream();
    }

    @Override
    public Correlation correlation() {
        return exchange.correlation();
    }

    @Override
    public String clientAddress() {
        return exchange.clientAddress();
    }

    @Override
    public String scheme() {
        return exchange.scheme();
    }

    @Override
    public String authority() {
        return exchange.authority();
    }

    @Override
    public <T> Optional<T> attribute(Class<T> type) {
        for (Attribute attribute = attributes; attribute != null; attribute = attribute.before()) {
            if (attribute.type() == type) {
                return Optional.of(type.cast(attribute.value()));
            }
        }
        return Optional.empty();
    }

    @Override
    public <T> Request with(Class<T> type, T attribute) {
        Objects.requireNonNull(attribute, "attribute");
        return new ServerRequest(
                exchange, template, parameters, body, new Attribute(type, type.cast(attribute), attributes));
    }

    private Query query() {
        Query known = query;
        if (known == null) {
            known = Query.of(exchange.target());
            query = known;
        }
        return known;
    }
}
