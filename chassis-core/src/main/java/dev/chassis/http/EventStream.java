package dev.chassis.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Sends server-sent events (WHATWG HTML, section 9.2) to one client. Used by one thread at a time; every send is flushed, and blocks
 * while the client is slow. It ends when the client goes or the server drains: what waits is interrupted, and every further send fails.
 */
public final class EventStream {

    private final OutputStream out;

    EventStream(OutputStream out) {
        this.out = out;
    }

    /**
     * Sends an unnamed event.
     *
     * @throws IOException when the client has gone, or the server drains
     */
    public void send(String data) throws IOException {
        send("", "", data);
    }

    /**
     * Sends a named event.
     *
     * @param event its type; empty for none, which clients see as {@code message}
     * @param id what the client tells as {@code Last-Event-ID} when it comes back; empty for none
     * @throws IllegalArgumentException if event or id has a line break or a null character
     * @throws IOException when the client has gone, or the server drains
     */
    public void send(String event, String id, String data) throws IOException {
        StringBuilder lines = new StringBuilder(data.length() + event.length() + id.length() + 24);
        appendSingle(lines, "event", event);
        appendSingle(lines, "id", id);
        appendData(lines, data);
        write(lines);
    }

    /**
     * Tells the client how long to wait before it comes back after the connection was lost.
     *
     * @throws IllegalArgumentException if the delay is negative
     * @throws IOException when the client has gone, or the server drains
     */
    public void reconnectAfter(Duration delay) throws IOException {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: zero or more)");
        }
        write(new StringBuilder("retry: ").append(delay.toMillis()).append('\n'));
    }

    /**
     * Sends a comment: nothing for the client, but it keeps idle connections alive and notices clients that have gone.
     *
     * @throws IOException when the client has gone, or the server drains
     */
    public void heartbeat() throws IOException {
        write(new StringBuilder(":\n"));
    }

    private void write(StringBuilder lines) throws IOException {
        out.write(lines.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** One {@code data} field for each line; the client joins them with line feeds. All three line ends end a line. */
    private static void appendData(StringBuilder lines, String data) {
        int from = 0;
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (c == '\n' || c == '\r') {
                appendField(lines, "data", data, from, i);
                if (c == '\r' && i + 1 < data.length() && data.charAt(i + 1) == '\n') {
                    i++;
                }
                from = i + 1;
            }
        }
        appendField(lines, "data", data, from, data.length());
    }

    private static void appendSingle(StringBuilder lines, String name, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    name + ": \"" + value + "\" (expected: one line, without a null character)");
        }
        if (!value.isEmpty()) {
            appendField(lines, name, value, 0, value.length());
        }
    }

    private static void appendField(StringBuilder lines, String name, String value, int from, int to) {
        lines.append(name).append(": ").append(value, from, to).append('\n');
    }
}
