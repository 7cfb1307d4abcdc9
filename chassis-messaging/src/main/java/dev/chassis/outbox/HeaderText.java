package dev.chassis.outbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Headers as text that a person can read in a table: {@code name=s:value&other=i:7}, percent-encoded, with a letter for the type, so that the
 * consumer sees the type the publisher gave. Stateless.
 */
final class HeaderText {

    private HeaderText() {}

    /**
     * The text of headers.
     *
     * @throws IllegalArgumentException if a value is of another type than these
     */
    static String encode(Map<String, Object> headers) {
        StringBuilder text = new StringBuilder();
        headers.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(escape(name))
                .append('=')
                .append(typed(name, value)));
        return text.toString();
    }

    /** The headers of a text. */
    static Map<String, Object> decode(String text) {
        Map<String, Object> headers = new TreeMap<>();
        if (!text.isEmpty()) {
            for (String header : text.split("&", -1)) {
                int equals = header.indexOf('=');
                String value = unescape(header.substring(equals + 3));
                headers.put(unescape(header.substring(0, equals)), untyped(header.charAt(equals + 1), value));
            }
        }
        return headers;
    }

    private static String typed(String name, Object value) {
        if (value instanceof String text) {
            return "s:" + escape(text);
        } else if (value instanceof Integer) {
            return "i:" + value;
        } else if (value instanceof Long) {
            return "l:" + value;
        } else if (value instanceof Boolean) {
            return "b:" + value;
        } else if (value instanceof Double) {
            return "d:" + value;
        } else if (value instanceof byte[] bytes) {
            return "x:" + escape(Base64.getEncoder().encodeToString(bytes));
        }
        throw new IllegalArgumentException("header " + name + ": a "
                + value.getClass().getName() + " (expected: String, Integer, Long, Boolean, Double or byte[])");
    }

    private static Object untyped(char type, String value) {
        return switch (type) {
            case 's' -> value;
            case 'i' -> Integer.valueOf(value);
            case 'l' -> Long.valueOf(value);
            case 'b' -> Boolean.valueOf(value);
            case 'd' -> Double.valueOf(value);
            case 'x' -> Base64.getDecoder().decode(value);
            default -> throw new IllegalStateException("header type " + type + " (expected: one of s i l b d x)");
        };
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String unescape(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
