package dev.chassis.http;

/** What may stand in a header field we send (RFC 9110, sections 5.1 and 5.5), and which fields are the server's own. */
final class HeaderRules {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String[] SERVER_OWNED = {
        "content-length", "transfer-encoding", "connection", "date", "upgrade", "keep-alive", "trailer"
    };

    private HeaderRules() {}

    /**
     * Checks a field that a handler wants to send.
     *
     * @throws IllegalArgumentException if the name is not a token, the value has a control character, or the field belongs to the server
     */
    static void check(String name, String value) {
        if (!isToken(name)) {
            throw new IllegalArgumentException(
                    "header name: \"" + name + "\" (expected: a token, RFC 9110 section 5.6.2)");
        }
        if (!isFieldValue(value)) {
            throw new IllegalArgumentException("value of header " + name
                    + " has a control character or one beyond Latin-1 (expected: visible text, space, tab)");
        }
        if (isServerOwned(name)) {
            throw new IllegalArgumentException("header " + name + " belongs to the server and cannot be set");
        }
    }

    /** Whether the text is a token (RFC 9110, section 5.6.2), as methods and field names are. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isFieldValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && c < ' ' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    private static boolean isServerOwned(String name) {
        for (String owned : SERVER_OWNED) {
            if (owned.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTokenChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }
}
