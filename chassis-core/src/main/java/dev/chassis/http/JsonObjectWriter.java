package dev.chassis.http;

/**
 * Writes one flat JSON object (RFC 8259). Problems are written with it, because refusals must be cheap and are often the first thing a
 * starting service says, before a JSON library has been loaded.
 */
final class JsonObjectWriter {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(192).append('{');

    JsonObjectWriter text(String member, String value) {
        name(member);
        quoted(value);
        return this;
    }

    JsonObjectWriter number(String member, long value) {
        name(member);
        out.append(value);
        return this;
    }

    /** A member whose value is JSON already. */
    JsonObjectWriter raw(String member, String json) {
        name(member);
        out.append(json);
        return this;
    }

    /** The object; nothing can be added any more. */
    @Override
    public String toString() {
        return out + "}";
    }

    private void name(String member) {
        if (out.length() > 1) {
            out.append(',');
        }
        quoted(member);
        out.append(':');
    }

    private void quoted(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            append(value.charAt(i));
        }
        out.append('"');
    }

    private void append(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                // A lone surrogate has no UTF-8 form; escaped, it survives.
                if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                    unicode(c);
                } else {
                    out.append(c);
                }
            }
        }
    }

    private void unicode(char c) {
        out.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 0xf])
                .append(HEX[c >> 4 & 0xf])
                .append(HEX[c & 0xf]);
    }
}
