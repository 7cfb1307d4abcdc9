package dev.chassis.admin;

import dev.chassis.http.Filter;
import dev.chassis.http.Handler;
import dev.chassis.http.HttpException;
import dev.chassis.http.Response;
import dev.chassis.http.Route;
import dev.chassis.http.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Routes without a network: enough of a server to ask them, as the loopback client unless said otherwise. */
final class TestServer implements Routes {

    private static final JsonMapper JSON = new JsonMapper();

    private record Entry(String method, String template, Handler handler) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private final Set<String> onEventLoop = new HashSet<>();

    static TestServer of(Consumer<Routes> routes) {
        TestServer server = new TestServer();
        routes.accept(server);
        return server;
    }

    Answer get(String path) {
        return send("GET", path, "127.0.0.1", Map.of(), "");
    }

    Answer put(String path, String body) {
        return send("PUT", path, "127.0.0.1", Map.of(), body);
    }

    Answer send(String method, String path, String client, Map<String, String> headers, String body) {
        for (Entry entry : entries) {
            int parameter = entry.template.indexOf('{');
            boolean matches = parameter < 0
                    ? path.equals(entry.template)
                    : path.startsWith(entry.template.substring(0, parameter));
            if (matches && method.equals(entry.method)) {
                Map<String, String> parameters = parameter < 0 ? Map.of() : Map.of("name", path.substring(parameter));
                return answer(entry, new TestRequest(method, path, entry.template, parameters, headers, client, body));
            }
        }
        throw new AssertionError("no route for " + method + " " + path);
    }

    Set<String> onEventLoop() {
        return onEventLoop;
    }

    Set<String> endpoints() {
        Set<String> endpoints = new HashSet<>();
        entries.forEach(entry -> endpoints.add(entry.method + " " + entry.template));
        return endpoints;
    }

    private Answer answer(Entry entry, TestRequest request) {
        Handler handler = entry.handler;
        for (int i = filters.size() - 1; i >= 0; i--) {
            Filter filter = filters.get(i);
            Handler next = handler;
            handler = passed -> filter.filter(passed, next);
        }
        try {
            Response response = handler.handle(request);
            return new Answer(response.status(), response.headers(), text(response.body()));
        } catch (HttpException e) {
            return new Answer(e.status(), List.copyOf(e.headers().entrySet()), e.detail());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Response.Body body) {
        if (body instanceof Response.Body.Json json) {
            return JSON.writeValueAsString(json.value());
        }
        return new String(((Response.Body.Bytes) body).bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public Routes route(String method, String template, Handler handler, Consumer<Route> options) {
        entries.add(new Entry(method, template, handler));
        options.accept(new Options(method + " " + template));
        return this;
    }

    @Override
    public Routes mount(String prefix, Consumer<Routes> subRoutes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Routes filter(Filter filter) {
        filters.add(filter);
        return this;
    }

    record Answer(int status, List<Map.Entry<String, String>> headers, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
        }
    }

    private final class Options implements Route {

        private final String route;

        Options(String route) {
            this.route = route;
        }

        @Override
        public Route onEventLoop() {
            onEventLoop.add(route);
            return this;
        }

        @Override
        public Route streaming() {
            return this;
        }

        @Override
        public Route maxBodyBytes(long bytes) {
            return this;
        }

        @Override
        public Route timeout(Duration timeout) {
            return this;
        }
    }
}
