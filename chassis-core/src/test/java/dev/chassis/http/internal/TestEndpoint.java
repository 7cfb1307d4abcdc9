package dev.chassis.http.internal;

import dev.chassis.http.HttpException;
import dev.chassis.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** An endpoint of a lambda, on a worker unless told otherwise. */
final class TestEndpoint implements Endpoint {

    interface Body {
        Response answer(Exchange exchange) throws Exception;
    }

    private final String template;
    private final Body body;
    private boolean onEventLoop;
    private boolean streaming;
    private boolean sheddable = true;
    private long maxBodyBytes = 1024 * 1024;
    private Duration timeout = Duration.ZERO;

    TestEndpoint(String template, Body body) {
        this.template = template;
        this.body = body;
    }

    TestEndpoint eventLoop() {
        onEventLoop = true;
        return this;
    }

    TestEndpoint streamed() {
        streaming = true;
        return this;
    }

    TestEndpoint unsheddable() {
        sheddable = false;
        return this;
    }

    TestEndpoint maxBody(long bytes) {
        maxBodyBytes = bytes;
        return this;
    }

    TestEndpoint timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    @Override
    public String template() {
        return template;
    }

    @Override
    public boolean onEventLoop() {
        return onEventLoop;
    }

    @Override
    public boolean streaming() {
        return streaming;
    }

    @Override
    public boolean sheddable() {
        return sheddable;
    }

    @Override
    public long maxBodyBytes() {
        return maxBodyBytes;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Response handle(Exchange exchange) {
        try {
            return body.answer(exchange);
        } catch (HttpException e) {
            return refuse(exchange, e.status(), e.detail());
        } catch (Exception e) {
            return refuse(exchange, 500, e.getClass().getSimpleName());
        }
    }

    @Override
    public Response refuse(Exchange exchange, int status, String detail) {
        String json = "{\"status\":" + status + ",\"detail\":\"" + detail + "\",\"by\":\"" + template + "\"}";
        return Response.bytes("application/problem+json", json.getBytes(StandardCharsets.UTF_8))
                .status(status);
    }

    /** Endpoints by path; a path nobody knows is a 404. */
    static final class Paths implements Application {

        private final Map<String, TestEndpoint> byPath = new HashMap<>();
        private final TestEndpoint unknown = new TestEndpoint("unknown", exchange -> {
            throw HttpException.notFound("no such path");
        });

        TestEndpoint at(String path, Body body) {
            TestEndpoint endpoint = new TestEndpoint(path, body);
            byPath.put(path, endpoint);
            return endpoint;
        }

        @Override
        public Endpoint resolve(String method, String rawPath) {
            return byPath.getOrDefault(rawPath, unknown);
        }
    }
}
