package dev.chassis.config;

import java.util.List;
import java.util.Locale;

/** What must not be shown, and how the rest is: on one line. Rather too much is masked than too little. */
final class Masking {

    static final String MASK = "*****";

    private static final List<String> SECRET_WORDS = List.of("password", "secret", "token", "key", "credential");
    private static final String PARAMETER_START = "?&; ,";
    private static final String PARAMETER_END = "&; ";

    private Masking() {}

    /** Whether the last segment of a key says that its value is a secret. */
    static boolean isSecret(String key) {
        String name = Keys.lastSegment(key).toLowerCase(Locale.ROOT);
        for (String word : SECRET_WORDS) {
            if (name.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** A value that is no secret but may carry one: user and password of a URI, {@code password=} in a connection string. */
    static String shown(String value) {
        return visible(withoutParameters(withoutUserInfo(value)));
    }

    private static String withoutUserInfo(String value) {
        int scheme = value.indexOf("://");
        // The last one: a password may contain an @ that nobody encoded.
        int at = value.lastIndexOf('@');
        if (scheme < 0 || at < scheme) {
            return value;
        }
        return value.substring(0, scheme + "://".length()) + MASK + value.substring(at);
    }

    private static String withoutParameters(String value) {
        String masked = value;
        for (int equals = value.indexOf('='); equals >= 0; equals = masked.indexOf('=', equals + 1)) {
            int end = end(masked, equals);
            if (isSecret(masked.substring(start(masked, equals), equals))) {
                masked = masked.substring(0, equals + 1) + MASK + masked.substring(end);
            }
        }
        return masked;
    }

    private static int start(String value, int equals) {
        int start = equals;
        while (start > 0 && PARAMETER_START.indexOf(value.charAt(start - 1)) < 0) {
            start--;
        }
        return start;
    }

    private static int end(String value, int equals) {
        int end = equals + 1;
        while (end < value.length() && PARAMETER_END.indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String visible(String value) {
        StringBuilder escaped = null;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) && escaped == null) {
                escaped = new StringBuilder(value.length() + 16).append(value, 0, i);
            }
            if (escaped != null) {
                append(escaped, c);
            }
        }
        return escaped == null ? value : escaped.toString();
    }

    private static void append(StringBuilder escaped, char c) {
        if (c == '\n') {
            escaped.append("\\n");
        } else if (Character.isISOControl(c)) {
            escaped.append(String.format("\\u%04x", (int) c));
        } else {
            escaped.append(c);
        }
    }
}
