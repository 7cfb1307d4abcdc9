package dev.chassis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a service over a real HTTP/1.1 connection. Redirects are not followed, and an answer that takes longer than ten seconds is a
 * failure.
 *
 * <pre>{@code
 * TestResponse created = client.post("/players", new NewPlayer("Asha"));
 * assertThat(created.status()).isEqualTo(201);
 * }</pre>
 *
 * <p>Immutable and thread-safe. A body that is a {@link String} is sent as it is, anything else as its JSON.
 */
public final class TestClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http;
    private final IntSupplier port;
    private final Map<String, String> headers;

    private TestClient(HttpClient http, IntSupplier port, Map<String, String> headers) {
        this.http = http;
        this.port = port;
        this.headers = headers;
    }

    /** A client of whatever serves HTTP on this port of this machine. */
    public static TestClient of(int port) {
        return of(() -> port);
    }

    /** The same for a port that is asked for with every request, because there may be none. */
    static TestClient of(IntSupplier port) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        return new TestClient(http, port, Map.of());
    }

    /** The same client, sending one more header with every request. */
    public TestClient with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new TestClient(http, port, Map.copyOf(more));
    }

    /** Sends {@code GET}. */
    public TestResponse get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    /** Sends {@code DELETE}. */
    public TestResponse delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /** Sends {@code POST} with a body. */
    public TestResponse post(String path, Object body) {
        return send("POST", path, encoded(body));
    }

    /** Sends {@code PUT} with a body. */
    public TestResponse put(String path, Object body) {
        return send("PUT", path, encoded(body));
    }

    /** Sends {@code PATCH} with a body. */
    public TestResponse patch(String path, Object body) {
        return send("PATCH", path, encoded(body));
    }

    /**
     * The lines of an answer as they arrive, for server-sent events. Closing the stream goes away in the middle of the answer.
     *
     * @throws AssertionError if the answer is not a 200
     */
    public Stream<String> lines(String path) {
        HttpResponse<Stream<String>> response =
                exchange(request("GET", path, BodyPublishers.noBody()), BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new AssertionError("GET " + path + ": " + response.statusCode() + " (expected: 200)");
        }
        return response.body();
    }

    /** Where a path of this service is, for a client of your own. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port.getAsInt() + path);
    }

    private TestResponse send(String method, String path, BodyPublisher body) {
        return new TestResponse(exchange(request(method, path, body), BodyHandlers.ofString()));
    }

    private HttpRequest request(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).timeout(TIMEOUT).method(method, body);
        if (body.contentLength() != 0) {
            request.setHeader("content-type", "application/json");
        }
        headers.forEach(request::setHeader);
        return request.build();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(request.method() + " " + request.uri() + ": interrupted", e);
        }
    }

    private static BodyPublisher encoded(Object body) {
        return BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body));
    }
}
