package dev.chassis.logging;

import org.jspecify.annotations.Nullable;

/** A text while parts of it are being replaced, from left to right; makes no copy where there is nothing to replace. */
final class Redaction {

    private final String text;
    private @Nullable StringBuilder out;
    private int copied;

    Redaction(String text) {
        this.text = text;
    }

    /** Replaces what lies between; never before an earlier end. */
    void mask(int from, int to) {
        if (out == null) {
            out = new StringBuilder(text.length());
        }
        out.append(text, copied, from).append(Masker.MASK);
        copied = to;
    }

    String result() {
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }
}
