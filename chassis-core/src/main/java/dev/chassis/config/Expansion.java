package dev.chassis.config;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One expansion of {@code ${key}} and {@code ${key:default}} in a value. Both parts may contain expressions themselves; {@code \${} is
 * literal. What environment variables say is literal throughout: it comes from a secrets store or a deployment tool, which has done its
 * own expansion, and a generated password may well contain {@code ${}.
 *
 * <p>Used once, by one thread.
 */
final class Expansion {

    private final Values values;
    private final Deque<String> path = new ArrayDeque<>();
    private @Nullable String failure;
    private boolean touchedSecret;

    Expansion(Values values, String key) {
        this.values = values;
        path.push(key);
    }

    /** What was expected of the first expression that could not be expanded; null if all could. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Whether a secret became part of the text. */
    boolean touchedSecret() {
        return touchedSecret;
    }

    String expand(String text) {
        StringBuilder expanded = new StringBuilder(text.length());
        int from = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", from)) {
            if (start > from && text.charAt(start - 1) == '\\') {
                expanded.append(text, from, start - 1).append("${");
                from = start + 2;
                continue;
            }
            int end = end(text, start + 2);
            if (end < 0) {
                fail("an expression that ends with }, or \\${ for the characters themselves");
                return text;
            }
            expanded.append(text, from, start).append(resolve(text.substring(start + 2, end)));
            from = end + 1;
        }
        return expanded.append(text, from, text.length()).toString();
    }

    private String resolve(String expression) {
        int colon = colon(expression);
        String key = Keys.canonical(expand(colon < 0 ? expression : expression.substring(0, colon)));
        if (path.contains(key)) {
            fail("no expression that leads back to itself: " + key);
            return "";
        }
        Values.Reference reference = values.reference(key);
        if (reference != null) {
            touchedSecret |= values.isSecret(key);
            return reference.literal() ? reference.text() : follow(key, reference.text());
        }
        if (colon >= 0) {
            return expand(expression.substring(colon + 1));
        }
        fail("${" + key + "} to be set, or a default as in ${" + key + ":default}");
        return "";
    }

    private String follow(String key, String text) {
        path.push(key);
        String expanded = expand(text);
        path.pop();
        return expanded;
    }

    private void fail(String expected) {
        if (failure == null) {
            failure = expected;
        }
    }

    /** Where the expression that begins here ends, inner ones skipped; -1 if nowhere. */
    private static int end(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Where the default begins, colons of inner expressions skipped; -1 if there is none. */
    private static int colon(String expression) {
        int depth = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (expression.startsWith("${", i)) {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ':' && depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
