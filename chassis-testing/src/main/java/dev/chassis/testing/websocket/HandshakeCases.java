package dev.chassis.testing.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The handshake, well-formed and not (RFC 6455, sections 4.1, 4.2 and 4.4). */
final class HandshakeCases {

    private static final String KEY = "Sec-WebSocket-Key";
    private static final String VERSION = "Sec-WebSocket-Version";

    private HandshakeCases() {}

    static List<HandshakeCase> all() {
        List<HandshakeCase> cases = new ArrayList<>();
        cases.add(accepted("as the RFC shows it", request -> request));
        cases.add(accepted("Upgrade: WebSocket", request -> request.with("Upgrade", "WebSocket")));
        cases.add(accepted(
                "Connection: keep-alive, Upgrade", request -> request.with("Connection", "keep-alive, Upgrade")));
        cases.add(accepted("Connection: upgrade", request -> request.with("Connection", "upgrade")));
        cases.add(accepted("another key", request -> request.with(KEY, "AQIDBAUGBwgJCgsMDQ4PEA==")));
        cases.add(accepted(
                "an unknown extension", request -> request.with("Sec-WebSocket-Extensions", "x-unknown; a=1; b")));
        cases.add(accepted("a subprotocol nobody knows", request -> request.subprotocols("x-nobody-knows")));
        cases.add(of("4.1", "byte by byte", request -> converse(request.connectSlowly())));
        cases.add(of("4.1", "a frame together with the request", HandshakeCases::early));
        cases.add(of("4.2.2", "a subprotocol that was not offered is not chosen", request -> {
            assertEquals(Optional.empty(), request.attempt().header("sec-websocket-protocol"));
        }));
        cases.add(refused("4.2.1", "no key", request -> request.without(KEY), 400));
        cases.add(refused("4.2.1", "empty key", request -> request.with(KEY, ""), 400));
        cases.add(refused("4.2.1", "key of 15 bytes", request -> request.with(KEY, "AQIDBAUGBwgJCgsMDQ4P"), 400));
        cases.add(refused("4.2.1", "key of 17 bytes", request -> request.with(KEY, "AQIDBAUGBwgJCgsMDQ4PEBE="), 400));
        cases.add(refused(
                "4.2.1", "key that is no Base64", request -> request.with(KEY, "!QIDBAUGBwgJCgsMDQ4PEA=="), 400));
        cases.add(refused(
                "4.2.1", "two keys", request -> request.with("sec-websocket-key", "AQIDBAUGBwgJCgsMDQ4PEA=="), 400));
        cases.add(refused("4.2.1", "no version", request -> request.without(VERSION), 400, 426));
        for (String version : new String[] {"0", "8", "12", "14", "255", "-1", "abc", "13, 8"}) {
            cases.add(refused("4.4", "version " + version, request -> request.with(VERSION, version), 400, 426));
        }
        cases.add(of("4.4", "a refused version learns the right one", request -> {
            HandshakeResponse response = request.with(VERSION, "14").attempt();
            assertEquals("13", response.header("sec-websocket-version").orElse("nothing"));
        }));
        cases.add(refused("4.2.1", "no Upgrade", request -> request.without("Upgrade"), 400, 404, 426));
        cases.add(refused("4.2.1", "Upgrade: h2c", request -> request.with("Upgrade", "h2c"), 400, 404, 426));
        cases.add(refused("4.2.1", "no Connection", request -> request.without("Connection"), 400, 404, 426));
        cases.add(refused(
                "4.2.1", "Connection: keep-alive", request -> request.with("Connection", "keep-alive"), 400, 404, 426));
        cases.add(refused("4.2.1", "no Host", request -> request.without("Host"), 400));
        for (String method : new String[] {"POST", "PUT", "DELETE", "HEAD", "OPTIONS"}) {
            cases.add(refused("4.1", method, request -> request.method(method), 200, 204, 400, 404, 405, 426));
        }
        cases.add(refused("4.1", "HTTP/1.0", request -> request.version("HTTP/1.0"), 400, 404, 426, 505));
        return cases;
    }

    private static HandshakeCase accepted(String name, Change change) {
        return of("4.2.1", name, request -> converse(change.of(request).connect()));
    }

    private static HandshakeCase refused(String section, String name, Change change, int... statuses) {
        return of(section, name, request -> {
            int status = change.of(request).attempt().status();
            assertTrue(
                    Arrays.stream(statuses).anyMatch(allowed -> allowed == status),
                    () -> "answered with " + status + " (expected: " + Arrays.toString(statuses) + ")");
        });
    }

    private static void early(WebSocketRequest request) {
        try (Conversation c = new Conversation(
                request.connectSending(ClientFrame.join(ClientFrame.text("early"), ClientFrame.text("and more"))), 0)) {
            c.expectText("early").expectText("and more").closes();
        }
    }

    private static void converse(WebSocketTestClient client) {
        try (Conversation c = new Conversation(client, 0)) {
            c.echoes("hello").closes();
        }
    }

    private static HandshakeCase of(String section, String name, HandshakeCase.Script script) {
        return new HandshakeCase(section, name, script);
    }

    /** A request made into another. */
    private interface Change {
        WebSocketRequest of(WebSocketRequest request);
    }
}
