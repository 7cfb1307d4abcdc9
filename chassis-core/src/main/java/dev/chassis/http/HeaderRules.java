package dev.chassis.http;

import java.util.List;
import java.util.Locale;

/** What may stand in a header field we send (RFC 9110, sections 5.1 and 5.5). */
final class HeaderRules {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private HeaderRules() {}

    static void check(String name, String value, List<String> reserved) {
        if (name.isEmpty() || !name.chars().allMatch(HeaderRules::isTokenChar)) {
            throw new IllegalArgumentException(
                    "header name: \"" + name + "\" (expected: a token, RFC 9110 section 5.6.2)");
        }
        if (!value.chars().allMatch(HeaderRules::isValueChar)) {
            throw new IllegalArgumentException(
                    "value of header " + name + " has a control character (expected: visible text, space, tab)");
        }
        if (reserved.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header " + name + " belongs to the server and cannot be set");
        }
    }

    private static boolean isTokenChar(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean isValueChar(int c) {
        return c == '\t' || c >= ' ' && c != 0x7f && c <= 0xff;
    }
}
