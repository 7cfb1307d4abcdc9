package dev.chassis.http.internal;

import dev.chassis.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Encodes the head of an answer. */
final class ResponseHead {

    /** The length of a body that ends with the last chunk. */
    static final long CHUNKED = -1;

    /** The length of a body that ends with the connection: HTTP/1.0 knows no chunks. */
    static final long UNTIL_CLOSE = -2;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UPGRADE_REQUIRED = 426;
    private static final byte[] CONTENT_LENGTH = bytes("content-length: ");
    private static final byte[] TRANSFER_CHUNKED = bytes("transfer-encoding: chunked\r\n");
    private static final byte[] UPGRADE = bytes("upgrade: websocket\r\nconnection: upgrade\r\n");
    private static final byte[] CLOSE = bytes("connection: close\r\n");
    private static final byte[] KEEP_ALIVE = bytes("connection: keep-alive\r\n");

    private ResponseHead() {}

    /** Puts it together in the loop's own array. */
    static HeadBytes encode(Loop loop, long now, Response response, Answer answer, long length) {
        HeadBytes out = loop.head();
        out.clear();
        out.add(loop.firstLines(response.status(), now));
        out.add(answer.correlationId());
        out.add('\r', '\n');
        List<Map.Entry<String, String>> fields = response.headers();
        for (int i = 0; i < fields.size(); i++) {
            field(out, fields.get(i));
        }
        framing(out, response.status(), length);
        if (response.status() == SWITCHING_PROTOCOLS || response.status() == UPGRADE_REQUIRED) {
            out.add(UPGRADE); // RFC 9110, sections 7.8 and 15.5.22
        }
        if (answer.close()) {
            out.add(CLOSE);
        } else if (answer.http10()) {
            out.add(KEEP_ALIVE);
        }
        out.add('\r', '\n');
        return out;
    }

    /** RFC 9110, section 8.6: no length for 101 and 204, and for 304 only what a 200 would have had, which we do not know. */
    static boolean hasNoBody(int status) {
        return status == SWITCHING_PROTOCOLS || status == 204 || status == 304;
    }

    private static void field(HeadBytes out, Map.Entry<String, String> field) {
        out.add(field.getKey());
        out.add(':', ' ');
        out.add(field.getValue());
        out.add('\r', '\n');
    }

    private static void framing(HeadBytes out, int status, long length) {
        if (hasNoBody(status)) {
            return;
        }
        if (length >= 0) {
            out.add(CONTENT_LENGTH);
            out.decimal(length);
            out.add('\r', '\n');
        } else if (length == CHUNKED) {
            out.add(TRANSFER_CHUNKED);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
