package dev.chassis.logging;

/**
 * Finds JSON web tokens (RFC 7519: three parts in base64url, the first of which begins an object), access key ids of AWS, and what has
 * the form of a secret access key: 40 characters of base64 that are no hexadecimal digest. Every run of characters is looked at a fixed
 * number of times.
 */
final class Tokens {

    private static final int KEY_ID = 20;
    private static final int SECRET_KEY = 40;
    private static final int SHORTEST_PART = 4;
    private static final String JWT_START = "eyJ";

    private Tokens() {}

    static String mask(String text) {
        Redaction redaction = new Redaction(text);
        int i = 0;
        while (i < text.length()) {
            if (!isPart(text.charAt(i))) {
                i++;
                continue;
            }
            int end = end(text, i);
            if (end - i >= KEY_ID) {
                run(text, i, end, redaction);
            }
            i = end;
        }
        return redaction.result();
    }

    /** What tokens are made of, and the dots between. */
    static boolean isPart(char c) {
        return isAlphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '+' || c == '/';
    }

    private static int end(String text, int from) {
        int i = from;
        while (i < text.length() && isPart(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static void run(String text, int from, int end, Redaction redaction) {
        int noJwtBefore = from; // from a later eyJ of the same part the dots would be the same
        int i = from;
        while (i < end) {
            int tokenEnd = -1;
            if (i >= noJwtBefore && text.startsWith(JWT_START, i)) {
                tokenEnd = jwtEnd(text, i, end);
                noJwtBefore = endOfPart(text, i, end);
            }
            tokenEnd = tokenEnd < 0 ? keyEnd(text, i, end, from) : tokenEnd;
            if (tokenEnd > 0) {
                redaction.mask(i, tokenEnd);
                i = tokenEnd;
            } else {
                i++;
            }
        }
    }

    private static int jwtEnd(String text, int at, int end) {
        int first = endOfPart(text, at, end);
        if (first == end || text.charAt(first) != '.') {
            return -1;
        }
        int second = endOfPart(text, first + 1, end);
        if (second - first <= SHORTEST_PART || second == end || text.charAt(second) != '.') {
            return -1;
        }
        int last = endOfPart(text, second + 1, end);
        while (last < end && text.charAt(last) == '.' && endOfPart(text, last + 1, end) > last + 1) {
            last = endOfPart(text, last + 1, end); // an encrypted one has five parts (RFC 7516)
        }
        return last;
    }

    private static int keyEnd(String text, int at, int end, int runStart) {
        int keyId = keyIdEnd(text, at, end);
        return keyId > 0 ? keyId : secretKeyEnd(text, at, end, runStart);
    }

    private static int endOfPart(String text, int from, int end) {
        int i = from;
        while (i < end && isBase64Url(text, i)) {
            i++;
        }
        return i;
    }

    /** <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">AKIA and its like</a>. */
    private static int keyIdEnd(String text, int at, int end) {
        if (text.charAt(at) != 'A' || end - at < KEY_ID) {
            return -1;
        }
        boolean known = text.startsWith("AKIA", at) || text.startsWith("ASIA", at) || text.startsWith("ABIA", at);
        for (int i = at + 4; known && i < at + KEY_ID; i++) {
            char c = text.charAt(i);
            known = c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        }
        return known ? at + KEY_ID : -1;
    }

    private static int secretKeyEnd(String text, int at, int end, int runStart) {
        boolean begins = isBase64(text.charAt(at)) && (at == runStart || !isBase64(text.charAt(at - 1)));
        if (!begins || end - at < SECRET_KEY || at + SECRET_KEY < end && isBase64(text.charAt(at + SECRET_KEY))) {
            return -1;
        }
        boolean upper = false;
        boolean lower = false;
        boolean digit = false;
        for (int i = at; i < at + SECRET_KEY; i++) {
            char c = text.charAt(i);
            if (!isBase64(c)) {
                return -1;
            }
            upper |= c >= 'A' && c <= 'Z';
            lower |= c >= 'a' && c <= 'z';
            digit |= c >= '0' && c <= '9';
        }
        return upper && lower && digit ? at + SECRET_KEY : -1;
    }

    private static boolean isBase64Url(String text, int i) {
        return i >= 0
                && i < text.length()
                && (isAlphanumeric(text.charAt(i)) || text.charAt(i) == '-' || text.charAt(i) == '_');
    }

    private static boolean isBase64(char c) {
        return isAlphanumeric(c) || c == '+' || c == '/';
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
