package dev.chassis.http;

import dev.chassis.context.Correlation;
import dev.chassis.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A problem document (RFC 9457, section 3.1). Its {@code type} is {@code about:blank} unless an extension says otherwise, its {@code
 * instance} the path that was asked for, and its {@code correlation_id} the one word to look for in the logs.
 */
record Problem(int status, String detail, String instance, String correlationId, Map<String, Object> extensions) {

    static final String CORRELATION_ID = Correlation.ID_KEY;
    static final String CONTENT_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

    /** The document. An extension that cannot be encoded is logged and left out: there must be an answer. */
    byte[] encode(Json json) {
        JsonObjectWriter document = new JsonObjectWriter();
        if (!extensions.containsKey("title")) {
            document.text("title", StatusText.of(status));
        }
        document.number("status", status).text("detail", detail).text("instance", instance);
        document.text(CORRELATION_ID, correlationId);
        extensions.forEach((member, value) -> extend(document, member, value, json));
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void extend(JsonObjectWriter document, String member, Object value, Json json) {
        if (value instanceof String text) {
            document.text(member, text);
        } else if (value instanceof Integer || value instanceof Long) {
            document.number(member, ((Number) value).longValue());
        } else if (value instanceof Boolean) {
            document.raw(member, value.toString());
        } else {
            extendEncoded(document, member, value, json);
        }
    }

    private static void extendEncoded(JsonObjectWriter document, String member, Object value, Json json) {
        try {
            document.raw(member, new String(json.encode(value), StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            LOG.error("problem member {} cannot be encoded and is left out", member, e);
        }
    }
}
