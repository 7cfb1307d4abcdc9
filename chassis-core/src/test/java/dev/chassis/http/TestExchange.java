package dev.chassis.http;

import dev.chassis.context.Correlation;
import dev.chassis.http.internal.Exchange;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request in memory, so that an application can be run without a network. Immutable: the verbs return a changed copy. */
record TestExchange(
        String method,
        String target,
        List<Map.Entry<String, String>> fields,
        byte[] body,
        InputStream bodyStream,
        Correlation correlation)
        implements Exchange {

    static final Correlation CORRELATION = new Correlation("order-4711", "0af7651916cd43dd8448eb211c80319c");

    static TestExchange of(String method, String target) {
        return new TestExchange(method, target, List.of(), new byte[0], InputStream.nullInputStream(), CORRELATION);
    }

    static TestExchange get(String target) {
        return of("GET", target);
    }

    static TestExchange post(String target, String json) {
        return of("POST", target).header("Content-Type", "application/json").body(json);
    }

    TestExchange header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(fields);
        more.add(Map.entry(name, value));
        return new TestExchange(method, target, List.copyOf(more), body, bodyStream, correlation);
    }

    TestExchange body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    TestExchange body(byte[] bytes) {
        return new TestExchange(method, target, fields, bytes, new ByteArrayInputStream(bytes), correlation);
    }

    TestExchange streamed(InputStream stream) {
        return new TestExchange(method, target, fields, new byte[0], stream, correlation);
    }

    /** The path, as the pipeline hands it to the application. */
    String rawPath() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    @Override
    public Headers headers() {
        return new Fields(fields);
    }

    @Override
    public String clientAddress() {
        return "192.0.2.7";
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public String authority() {
        return "api.example";
    }

    private record Fields(List<Map.Entry<String, String>> fields) implements Headers {

        @Override
        public Optional<String> first(String name) {
            return all(name).stream().findFirst();
        }

        @Override
        public List<String> all(String name) {
            return fields.stream()
                    .filter(field -> field.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        @Override
        public Set<String> names() {
            Set<String> names = new LinkedHashSet<>();
            fields.forEach(field -> names.add(field.getKey()));
            return names;
        }
    }
}
