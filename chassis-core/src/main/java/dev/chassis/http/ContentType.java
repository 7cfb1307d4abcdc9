package dev.chassis.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A media type, as far as decoding a body needs it (RFC 9110, section 8.3.1).
 *
 * @param essence type and subtype in lower case
 * @param charset the charset parameter as sent, empty for none
 */
record ContentType(String essence, String charset) {

    private static final String CHARSET = "charset=";

    static ContentType parse(String header) {
        int semicolon = header.indexOf(';');
        String essence = semicolon < 0 ? header : header.substring(0, semicolon);
        String parameters = semicolon < 0 ? "" : header.substring(semicolon + 1);
        return new ContentType(essence.trim().toLowerCase(Locale.ROOT), charset(parameters));
    }

    /** {@code application/json}, or anything built on it (RFC 6839, section 3.1). */
    boolean isJson() {
        return essence.equals("application/json") || essence.startsWith("application/") && essence.endsWith("+json");
    }

    /**
     * The charset, UTF-8 if it names none.
     *
     * @throws HttpException 415 if there is no such charset
     */
    Charset charsetOrUtf8() {
        try {
            return charset.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(charset);
        } catch (IllegalArgumentException e) {
            throw new HttpException(
                    415, "charset of the body: \"" + Shortened.text(charset) + "\" (expected: one that is known here)");
        }
    }

    private static String charset(String parameters) {
        for (int from = 0; from < parameters.length(); ) {
            int next = parameters.indexOf(';', from);
            int to = next < 0 ? parameters.length() : next;
            String parameter = parameters.substring(from, to).trim();
            if (parameter.regionMatches(true, 0, CHARSET, 0, CHARSET.length())) {
                return unquoted(parameter.substring(CHARSET.length()));
            }
            from = to + 1;
        }
        return "";
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
