package dev.chassis.websocket;

import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The opening handshake as RFC 6455, section 4.2, has it. */
final class Handshake {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final int KEY_LENGTH = 24;

    private Handshake() {}

    /**
     * Checks that it is one, and returns its key.
     *
     * @throws HttpException 426 if it is no upgrade to this version of the protocol, 400 if it is a broken one
     */
    static String key(Request request) {
        if (!request.method().equals("GET") || !has(request, "upgrade", "websocket")) {
            throw new HttpException(426, "This path speaks WebSocket only.");
        }
        if (!has(request, "connection", "upgrade")) {
            throw HttpException.badRequest("The Connection header does not say upgrade.");
        }
        if (!request.headers().all("sec-websocket-version").equals(List.of("13"))) {
            throw new HttpException(426, "The only version here is 13.").withHeader("sec-websocket-version", "13");
        }
        List<String> keys = request.headers().all("sec-websocket-key");
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            throw HttpException.badRequest("The Sec-WebSocket-Key is not one value of 16 bytes in Base64.");
        }
        return keys.get(0);
    }

    /** What a key is answered with. */
    static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1"); // the protocol's; it protects nothing
            byte[] digest = sha1.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /**
     * The first of ours that the client offers; empty where we have none or it offers none.
     *
     * @throws HttpException 400 if both have some and none is the same
     */
    static Optional<String> subprotocol(Request request, List<String> ours) {
        List<String> offered = tokens(request, "sec-websocket-protocol");
        if (ours.isEmpty() || offered.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ours.stream()
                .filter(offered::contains)
                .findFirst()
                .orElseThrow(() -> HttpException.badRequest("None of the subprotocols is spoken here.")
                        .with("supported", ours)));
    }

    private static boolean has(Request request, String header, String token) {
        return tokens(request, header).stream().anyMatch(token::equalsIgnoreCase);
    }

    private static List<String> tokens(Request request, String header) {
        List<String> tokens = new ArrayList<>();
        for (String line : request.headers().all(header)) {
            for (String token : line.split(",")) {
                tokens.add(token.trim());
            }
        }
        tokens.removeIf(String::isEmpty);
        return tokens;
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == KEY_LENGTH && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
