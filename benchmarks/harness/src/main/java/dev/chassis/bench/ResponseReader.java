package dev.chassis.bench;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/** Collects one small HTTP/1.1 response that states its length. Not thread-safe; reused after {@link #clear()}. */
final class ResponseReader {
    private static final int CAPACITY_BYTES = 16 * 1024;
    private static final int UNKNOWN = -1;
    private static final String LINE_END = "\r\n";
    private static final String CONTENT_LENGTH = "content-length:";
    private static final String CONNECTION_CLOSE = "connection: close";

    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY_BYTES);
    private int headEnd = UNKNOWN;
    private int contentLength = UNKNOWN;
    private int status;
    private boolean closing;

    /** Takes what there is; false at the end of the stream. */
    boolean readFrom(ReadableByteChannel channel) throws IOException {
        if (!buffer.hasRemaining()) {
            throw new ProtocolException("response is longer than " + CAPACITY_BYTES + " bytes");
        }
        return channel.read(buffer) >= 0;
    }

    /** Whether the whole response is there. */
    boolean isComplete() throws ProtocolException {
        if (headEnd == UNKNOWN && !findHead()) {
            return false;
        }
        int surplus = buffer.position() - headEnd - contentLength;
        if (surplus > 0) {
            throw new ProtocolException(surplus + " bytes after the end of the response");
        }
        return surplus == 0;
    }

    int status() {
        return status;
    }

    /** Whether the server said that it will close the connection. */
    boolean closing() {
        return closing;
    }

    void clear() {
        buffer.clear();
        headEnd = UNKNOWN;
        contentLength = UNKNOWN;
        closing = false;
    }

    private boolean findHead() throws ProtocolException {
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf(LINE_END + LINE_END);
        if (end < 0) {
            return false;
        }
        headEnd = end + 2 * LINE_END.length();
        parseHead(text, end);
        return true;
    }

    private void parseHead(String text, int end) throws ProtocolException {
        status = Integer.parseInt(text, 9, 12, 10);
        int line = text.indexOf(LINE_END);
        while (line < end) {
            int next = text.indexOf(LINE_END, line + 1);
            parseHeader(text, line + LINE_END.length(), next);
            line = next;
        }
        if (contentLength == UNKNOWN) {
            throw new ProtocolException("response states no length: " + text.substring(0, end));
        }
    }

    private void parseHeader(String text, int start, int end) {
        if (startsWith(text, start, CONTENT_LENGTH)) {
            contentLength = Integer.parseInt(
                    text.substring(start + CONTENT_LENGTH.length(), end).strip());
        } else if (startsWith(text, start, CONNECTION_CLOSE)) {
            closing = true;
        }
    }

    private static boolean startsWith(String text, int start, String lowerCase) {
        return text.regionMatches(true, start, lowerCase, 0, lowerCase.length());
    }
}
