package dev.chassis.http;

import dev.chassis.http.Response.Body;
import dev.chassis.json.Json;

/**
 * Runs a handler and makes of whatever comes out an answer that can be sent: values are encoded, errors are problems, streams are
 * watched. Thread-safe.
 */
final class Responder {

    private final Json json;

    Responder(Json json) {
        this.json = json;
    }

    Json json() {
        return json;
    }

    /** The answer, never still to be encoded. Throws nothing, whatever the handler throws. */
    Response respond(Request request, Handler handler) {
        try {
            return sendable(request, handler.handle(request));
        } catch (Throwable failure) {
            return sendable(request, Failures.answer(request, failure));
        }
    }

    /** The problem for a request that is not handed to anybody. */
    Response refuse(Request request, HttpException refusal) {
        return sendable(request, Failures.answer(request, refusal));
    }

    private Response sendable(Request request, Response response) {
        if (response == null) {
            throw new IllegalStateException("a filter of " + request.method() + " " + request.template()
                    + " returned null (expected: a Response)");
        }
        Body body = response.body();
        if (body instanceof Body.Json value) {
            return response.body(new Body.Bytes(encode(value.value())));
        }
        if (body instanceof Body.Stream stream) {
            return response.body(stream.writtenBy(new WatchedStream(request, stream.writer())));
        }
        return response;
    }

    private byte[] encode(Object value) {
        return value instanceof Problem problem ? problem.encode(json) : json.encode(value);
    }
}
