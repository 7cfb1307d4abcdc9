package dev.chassis.http.internal;

import dev.chassis.http.Response;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** The smallest problem document (RFC 9457), for requests so broken that no endpoint was found. */
final class Problems {

    private Problems() {}

    /** Status and detail are ours, so nothing needs escaping. */
    static Response of(int status, String detail) {
        String json = "{\"type\":\"about:blank\",\"title\":\""
                + HttpResponseStatus.valueOf(status).reasonPhrase() + "\",\"status\":" + status + ",\"detail\":\""
                + detail + "\"}";
        return Response.bytes("application/problem+json", json.getBytes(StandardCharsets.UTF_8))
                .status(status);
    }
}
