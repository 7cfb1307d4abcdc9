package dev.chassis.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Sends server-sent events (WHATWG HTML, section 9.2) to one client. Used by one thread at a time; every send is flushed, and blocks
 * while the client is slow.
 */
public final class EventStream {

    private final OutputStream out;

    EventStream(OutputStream out) {
        this.out = out;
    }

    /**
     * Sends an unnamed event.
     *
     * @throws IOException when the client has gone
     */
    public void send(String data) throws IOException {
        write(field("data", data));
    }

    /**
     * Sends a named event.
     *
     * @param id what the client tells as {@code Last-Event-ID} when it comes back; empty for none
     * @throws IllegalArgumentException if event or id has a line break
     * @throws IOException when the client has gone
     */
    public void send(String event, String id, String data) throws IOException {
        String named = field("event", singleLine(event));
        String identified = id.isEmpty() ? "" : field("id", singleLine(id));
        write(named + identified + field("data", data));
    }

    /**
     * Sends a comment: nothing for the client, but it keeps idle connections alive and notices clients that have gone.
     *
     * @throws IOException when the client has gone
     */
    public void heartbeat() throws IOException {
        write(":\n");
    }

    private void write(String lines) throws IOException {
        out.write((lines + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String field(String name, String value) {
        StringBuilder lines = new StringBuilder();
        for (String line : value.split("\r\n|\r|\n", -1)) {
            lines.append(name).append(": ").append(line).append('\n');
        }
        return lines.toString();
    }

    private static String singleLine(String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("event field: \"" + value + "\" (expected: one line)");
        }
        return value;
    }
}
