package dev.chassis.http.internal;

import dev.chassis.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Encodes the head of an answer straight into bytes. */
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
    private static final int FIXED_BYTES = 256;
    private static final int FIELD_BYTES = 64;
    private static final int COLON_SPACE = ':' << 8 | ' ';
    private static final int CRLF = '\r' << 8 | '\n';

    private ResponseHead() {}

    /** A guess, so that the buffer rarely grows. */
    static int estimate(Response response) {
        return FIXED_BYTES + FIELD_BYTES * response.headers().size();
    }

    static void write(ByteBuf out, Loop loop, long now, Response response, Answer answer, long length) {
        out.writeBytes(loop.firstLines(response.status(), now));
        ByteBufUtil.writeAscii(out, answer.correlationId());
        ByteBufUtil.writeShortBE(out, CRLF);
        List<Map.Entry<String, String>> fields = response.headers();
        for (int i = 0; i < fields.size(); i++) {
            field(out, fields.get(i));
        }
        framing(out, response.status(), length);
        if (response.status() == SWITCHING_PROTOCOLS || response.status() == UPGRADE_REQUIRED) {
            out.writeBytes(UPGRADE); // RFC 9110, sections 7.8 and 15.5.22
        }
        if (answer.close()) {
            out.writeBytes(CLOSE);
        } else if (answer.http10()) {
            out.writeBytes(KEEP_ALIVE);
        }
        ByteBufUtil.writeShortBE(out, CRLF);
    }

    /** RFC 9110, section 8.6: no length for 101 and 204, and for 304 only what a 200 would have had, which we do not know. */
    static boolean hasNoBody(int status) {
        return status == SWITCHING_PROTOCOLS || status == 204 || status == 304;
    }

    private static void field(ByteBuf out, Map.Entry<String, String> field) {
        ByteBufUtil.writeAscii(out, field.getKey());
        ByteBufUtil.writeShortBE(out, COLON_SPACE);
        ByteBufUtil.writeAscii(out, field.getValue()); // all of ISO-8859-1, in spite of its name
        ByteBufUtil.writeShortBE(out, CRLF);
    }

    private static void framing(ByteBuf out, int status, long length) {
        if (hasNoBody(status)) {
            return;
        }
        if (length >= 0) {
            out.writeBytes(CONTENT_LENGTH);
            decimal(out, length);
            ByteBufUtil.writeShortBE(out, CRLF);
        } else if (length == CHUNKED) {
            out.writeBytes(TRANSFER_CHUNKED);
        }
    }

    private static void decimal(ByteBuf out, long value) {
        if (value >= 10) {
            decimal(out, value / 10);
        }
        out.writeByte((int) ('0' + value % 10));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
