package dev.chassis.testing.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A handshake to be made (RFC 6455, section 4.1). Immutable and thread-safe; each method gives a changed copy.
 *
 * <pre>{@code
 * WebSocketTestClient client = WebSocketTestClient.to(uri).with("Origin", "https://example.org").deflate().connect();
 * }</pre>
 */
public final class WebSocketRequest {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // the RFC's example; a test has nothing to hide
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final URI uri;
    private final String requestLine;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final @Nullable SSLContext tls;

    private WebSocketRequest(
            URI uri, String requestLine, Map<String, String> headers, Duration timeout, @Nullable SSLContext tls) {
        this.uri = uri;
        this.requestLine = requestLine;
        this.headers = headers;
        this.timeout = timeout;
        this.tls = tls;
    }

    static WebSocketRequest to(URI uri) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", uri.getHost() + ":" + uri.getPort());
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Key", KEY);
        headers.put("Sec-WebSocket-Version", "13");
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return new WebSocketRequest(uri, "GET " + target + " HTTP/1.1", headers, Duration.ofSeconds(30), null);
    }

    /** With this value of a header, instead of the one it had. */
    public WebSocketRequest with(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        return new WebSocketRequest(uri, requestLine, changed, timeout, tls);
    }

    /** Without a header, to see how the server refuses. */
    public WebSocketRequest without(String header) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(header);
        return new WebSocketRequest(uri, requestLine, changed, timeout, tls);
    }

    /** With another method, to see how the server refuses. */
    public WebSocketRequest method(String method) {
        return line(method + requestLine.substring(requestLine.indexOf(' ')));
    }

    WebSocketRequest version(String version) {
        return line(requestLine.replace("HTTP/1.1", version));
    }

    private WebSocketRequest line(String line) {
        return new WebSocketRequest(uri, line, headers, timeout, tls);
    }

    /** Offers these subprotocols, the most wanted one first. */
    public WebSocketRequest subprotocols(String... names) {
        return with("Sec-WebSocket-Protocol", String.join(", ", names));
    }

    /** Offers compression as browsers do. */
    public WebSocketRequest deflate() {
        return deflate("permessage-deflate; client_max_window_bits");
    }

    /** Makes an offer of extensions. */
    public WebSocketRequest deflate(String offer) {
        return with("Sec-WebSocket-Extensions", offer);
    }

    /** How long to wait for anything before that is a failure. Default: 30 s. */
    public WebSocketRequest timeout(Duration limit) {
        return new WebSocketRequest(uri, requestLine, headers, limit, tls);
    }

    /** Trusts what this context trusts, for {@code wss}; without one it is the JVM's default. */
    public WebSocketRequest tls(SSLContext context) {
        return new WebSocketRequest(uri, requestLine, headers, timeout, context);
    }

    /**
     * Connects.
     *
     * @throws AssertionError if the server refuses, or accepts in a way that RFC 6455 does not allow
     */
    public WebSocketTestClient connect() {
        return connect(head(), new byte[0]);
    }

    /** Connects and sends these bytes together with the handshake, as no client should and some do. */
    WebSocketTestClient connectSending(byte[] early) {
        return connect(head(), early);
    }

    private WebSocketTestClient connect(byte[] head, byte[] early) {
        Wire wire = open();
        wire.send(head, early);
        HandshakeResponse response = wire.readResponse();
        try {
            check(response);
        } catch (AssertionError refused) {
            wire.close();
            throw refused;
        }
        return new WebSocketTestClient(uri, wire, response);
    }

    /** Asks and hangs up: for what the server answers. */
    public HandshakeResponse attempt() {
        try (Wire wire = open()) {
            wire.send(head());
            return wire.readResponse();
        }
    }

    /** The same, a byte at a time. */
    WebSocketTestClient connectSlowly() {
        Wire wire = open();
        for (byte b : head()) {
            wire.send(new byte[] {b});
        }
        HandshakeResponse response = wire.readResponse();
        check(response);
        return new WebSocketTestClient(uri, wire, response);
    }

    private byte[] head() {
        StringBuilder head = new StringBuilder(requestLine).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private Wire open() {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("wss") || scheme.equals("https");
        try {
            Socket socket = secure
                    ? factory().createSocket(uri.getHost(), uri.getPort())
                    : new Socket(uri.getHost(), uri.getPort());
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            socket.setTcpNoDelay(true);
            return new Wire(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(uri + ": " + e, e);
        }
    }

    private SSLSocketFactory factory() {
        return tls == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : tls.getSocketFactory();
    }

    /** What section 4.1 makes a client look at. */
    private void check(HandshakeResponse response) {
        List<String> wrong = new ArrayList<>();
        if (!response.isUpgraded()) {
            throw new AssertionError(uri + ": handshake refused with " + response.status() + " (expected: 101)");
        }
        expect(wrong, response, "upgrade", "websocket");
        expect(wrong, response, "connection", "upgrade");
        if (!accept(headers.getOrDefault("Sec-WebSocket-Key", ""))
                .equals(response.header("sec-websocket-accept").orElse(""))) {
            wrong.add("sec-websocket-accept is " + response.header("sec-websocket-accept"));
        }
        if (response.header("sec-websocket-extensions").isPresent()
                && !headers.containsKey("Sec-WebSocket-Extensions")) {
            wrong.add("an extension that was not offered");
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(uri + ": handshake answered wrongly: " + wrong);
        }
    }

    private static void expect(List<String> wrong, HandshakeResponse response, String header, String value) {
        String got = response.header(header).orElse("nothing");
        if (!got.equalsIgnoreCase(value)) {
            wrong.add(header + " is " + got + " (expected: " + value + ")");
        }
    }

    static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1"); // section 4.2.2; no secret depends on it
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }
}
