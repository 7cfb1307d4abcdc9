package dev.chassis.admin;

import dev.chassis.health.Health.Status;
import dev.chassis.health.Probe;
import dev.chassis.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Probes as JSON, written by hand: they are answered on the event loop, and the first of them comes during the start, when loading a JSON
 * library would cost more than the start of the server.
 */
final class ProbeJson {

    private ProbeJson() {}

    /** The status alone. */
    static Response brief(Status status) {
        return response(status, "{\"status\":\"" + status + "\"}");
    }

    /** Status and reasons. */
    static Response explained(Probe probe) {
        StringBuilder json =
                new StringBuilder("{\"status\":\"").append(probe.status()).append("\",\"reasons\":[");
        String separator = "";
        for (String reason : probe.reasons()) {
            json.append(separator).append('"');
            reason.chars().forEach(c -> append(json, (char) c));
            json.append('"');
            separator = ",";
        }
        return response(probe.status(), json.append("]}").toString());
    }

    private static void append(StringBuilder json, char c) {
        if (c < ' ') { // RFC 8259, section 7: control characters, quotation mark and backslash
            json.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
            json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
        }
    }

    private static Response response(Status status, String json) {
        return Response.bytes("application/json", json.getBytes(StandardCharsets.UTF_8))
                .status(status == Status.DOWN ? 503 : 200)
                .header("cache-control", "no-store");
    }
}
