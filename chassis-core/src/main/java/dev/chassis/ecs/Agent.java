package dev.chassis.ecs;

import dev.chassis.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP of the ECS agent, under one deadline for all calls. By {@link HttpURLConnection}, of which a start pays less than a tenth of what
 * {@code java.net.http} takes to load.
 *
 * <p>Used by one thread.
 */
final class Agent {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 2_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Deadline deadline;

    Agent(Deadline deadline) {
        this.deadline = deadline;
    }

    /**
     * What is there. A connection that fails, a time-out and an answer from 500 on are tried again, twice at most: an agent is restarted
     * and throttles like any other service.
     *
     * @throws IOException saying what was asked, what came and how often it was tried
     */
    Document get(URI uri) throws IOException {
        return call("GET", uri, null);
    }

    /** The same, having given it something. */
    Document put(URI uri, String json) throws IOException {
        return call("PUT", uri, json);
    }

    private Document call(String method, URI uri, @Nullable String json) throws IOException {
        for (int attempt = 1; ; attempt++) {
            String failure;
            boolean passing = true;
            try {
                Answer answer = exchange(method, uri, json);
                if (answer.status() == OK) {
                    return Document.of(answer.body());
                }
                failure = "answered " + answer.status() + reason(answer);
                passing = answer.status() >= SERVER_ERROR;
            } catch (SocketTimeoutException e) {
                failure = "did not answer in time";
            } catch (IOException e) {
                failure = "failed: " + e.getMessage();
            }
            if (!passing || attempt == ATTEMPTS || deadline.remaining().compareTo(PAUSE) <= 0) {
                throw new IOException(method + " " + uri + " " + failure + " (attempt " + attempt + ")");
            }
            LockSupport.parkNanos(this, PAUSE.multipliedBy(attempt).toNanos());
        }
    }

    private Answer exchange(String method, URI uri, @Nullable String json) throws IOException {
        HttpURLConnection connection = open(uri);
        try {
            connection.setRequestMethod(method);
            if (json != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream body = connection.getOutputStream()) {
                    body.write(json.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            return new Answer(status, body == null ? new byte[0] : all(body));
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(URI uri) throws IOException {
        if (!(uri.toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection)) {
            throw new IOException("is no HTTP address");
        }
        connection.setConnectTimeout(millis(CONNECT_MILLIS));
        connection.setReadTimeout(millis(READ_MILLIS));
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    /** The time-out of a read is one of each byte: the deadline is what ends an answer that drips. */
    private byte[] all(InputStream body) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try (body) {
            for (int read = body.read(some); read >= 0; read = body.read(some)) {
                all.write(some, 0, read);
                if (all.size() > MOST_BYTES) {
                    throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
                }
                if (deadline.isExpired()) {
                    throw new SocketTimeoutException();
                }
            }
        }
        return all.toByteArray();
    }

    /** 0 would be for ever. */
    private int millis(int most) {
        return (int) Math.max(1, Math.min(most, deadline.remaining().toMillis()));
    }

    /** What the agent gives as its reason: {@code error.Code} and {@code error.Message} of the endpoint for task protection. */
    private static String reason(Answer answer) {
        try {
            Document error = Document.of(answer.body()).object("error");
            String code = error.text("Code");
            return code.isEmpty() ? "" : ", " + code + ": " + error.text("Message");
        } catch (IOException e) {
            return "";
        }
    }

    private record Answer(int status, byte[] body) {}
}
