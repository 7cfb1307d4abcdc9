package dev.chassis.logging;

/**
 * Finds secrets by the name before them: {@code password=…}, {@code "token": "…"}, {@code Authorization: Bearer …}, {@code
 * scheme://user:…@host}. Looks back from a separator for the length of a name at most, and goes over a value once, so that the time is
 * linear.
 */
final class NamedSecrets {

    private static final int MAX_PADDING = 4;
    private static final int MAX_USER = 128;
    private static final int ACCOUNT_DIGITS = 12;
    private static final String DELIMITERS = ",;&)]}>\"'";

    private final SecretNames names;

    NamedSecrets(SecretNames names) {
        this.names = names;
    }

    String mask(String text) {
        Redaction redaction = new Redaction(text);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int from = -1;
            int end = -1;
            if (c == ':' && text.startsWith("://", i)) {
                from = password(text, i + 3);
                end = from < 0 ? -1 : text.indexOf('@', from);
            } else if (c == ':' || c == '=') {
                from = value(text, i);
                end = from < 0 ? -1 : valueEnd(text, from, isHeader(text, i));
            } else if (c == 'e' && text.startsWith("earer ", i)) {
                from = i + "earer ".length();
                end = wordEnd(text, from);
            }
            if (end > from) {
                redaction.mask(from, end);
                i = end;
            } else {
                i++;
            }
        }
        return redaction.result();
    }

    /** Where the password of a URL's user begins; -1 where there is none before the host. */
    private static int password(String text, int from) {
        int colon = -1;
        for (int i = from; i < Math.min(text.length(), from + MAX_USER); i++) {
            char c = text.charAt(i);
            if (c == '@') {
                return colon < 0 ? -1 : colon + 1;
            }
            if (c == '/' || c <= ' ' || c == '"') {
                return -1;
            }
            if (c == ':' && colon < 0) {
                colon = i;
            }
        }
        return -1;
    }

    /** Where the value of a secret begins whose separator is here; -1 if the name before it is harmless. */
    private int value(String text, int separator) {
        int nameEnd = nameEnd(text, separator);
        int nameStart = nameStart(text, nameEnd);
        if (nameStart == nameEnd
                || !names.contains(text.substring(nameStart, nameEnd))
                || isResourceType(text, nameStart)) {
            return -1;
        }
        int i = separator + 1;
        while (i < text.length() && i < separator + MAX_PADDING && " =>\\".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i < text.length() && isQuote(text.charAt(i)) ? i + 1 : i;
    }

    /** Whether an account is before it, as in {@code arn:aws:secretsmanager:eu-west-1:123456789012:secret:games}: what follows names a secret. */
    private static boolean isResourceType(String text, int nameStart) {
        int account = nameStart - 1 - ACCOUNT_DIGITS;
        if (account < 0 || text.charAt(nameStart - 1) != ':') {
            return false;
        }
        for (int i = account; i < nameStart - 1; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static int nameEnd(String text, int separator) {
        int end = separator;
        while (end > 0 && separator - end < MAX_PADDING && " \\\"'".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static int nameStart(String text, int end) {
        int start = end;
        while (start > 0 && end - start < SecretNames.MAX_LENGTH && isPartOfName(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    /** Headers with parameters or several cookies: secret to the end of the line. */
    private static boolean isHeader(String text, int separator) {
        int nameEnd = nameEnd(text, separator);
        return endsWith(text, nameEnd, "authorization") || endsWith(text, nameEnd, "cookie");
    }

    private static boolean endsWith(String text, int end, String suffix) {
        return text.regionMatches(true, end - suffix.length(), suffix, 0, suffix.length());
    }

    private static int valueEnd(String text, int from, boolean header) {
        char quote = from > 0 ? text.charAt(from - 1) : ' ';
        if (isQuote(quote)) {
            return quotedEnd(text, from, quote);
        }
        return header ? lineEnd(text, from) : wordEnd(text, from);
    }

    /** A value whose opening quote was escaped, JSON within JSON, ends at the next escaped one. */
    private static int quotedEnd(String text, int from, char quote) {
        boolean nested = from > 1 && text.charAt(from - 2) == '\\';
        int i = from;
        while (i < text.length() && text.charAt(i) != quote) {
            boolean escape = text.charAt(i) == '\\' && i + 1 < text.length();
            if (escape && nested && text.charAt(i + 1) == quote) {
                return i;
            }
            i += escape ? 2 : 1;
        }
        return Math.min(i, text.length());
    }

    private static int lineEnd(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r' && text.charAt(i) != '"') {
            i++;
        }
        return i;
    }

    private static int wordEnd(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) > ' ' && DELIMITERS.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }
}
