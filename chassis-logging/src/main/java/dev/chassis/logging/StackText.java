package dev.chassis.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Renders a throwable with its root cause first, because that is what one looks for, and bounded, because a stack must not crowd out the
 * lines around it.
 */
final class StackText {

    static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_FRAMES = 64;
    private static final String CUT = "\n\t… cut";

    private final StringBuilder out = new StringBuilder(1024);

    private StackText() {}

    static String of(IThrowableProxy error) {
        StackText text = new StackText();
        text.chain(error, "");
        return text.bounded();
    }

    private void chain(IThrowableProxy error, String label) {
        Deque<IThrowableProxy> rootFirst = new ArrayDeque<>();
        for (IThrowableProxy next = error; next != null; next = next.getCause()) {
            rootFirst.push(next); // ends: logback marks a cause seen before as cyclic and gives it none
        }
        String prefix = label;
        for (IThrowableProxy next : rootFirst) {
            one(next, prefix);
            prefix = "Wrapped by: ";
        }
    }

    private void one(IThrowableProxy error, String prefix) {
        if (out.length() > MAX_LENGTH) {
            return;
        }
        out.append(out.isEmpty() ? "" : "\n").append(prefix).append(error.isCyclic() ? "(circular) " : "");
        header(error);
        frames(error.getStackTraceElementProxyArray(), error.getCommonFrames());
        for (IThrowableProxy suppressed : error.getSuppressed()) {
            chain(suppressed, "Suppressed: ");
        }
    }

    private void header(IThrowableProxy error) {
        out.append(error.getClassName());
        String message = error.getMessage();
        if (message != null) {
            out.append(": ").append(message, 0, Math.min(message.length(), MAX_LENGTH));
        }
    }

    private void frames(StackTraceElementProxy[] frames, int common) {
        int own = frames.length - common;
        int shown = Math.min(own, MAX_FRAMES);
        for (int i = 0; i < shown && out.length() <= MAX_LENGTH; i++) {
            out.append("\n\tat ").append(frames[i].getStackTraceElement());
        }
        if (shown < own) {
            out.append("\n\t… ").append(own - shown).append(" more");
        }
    }

    private String bounded() {
        if (out.length() > MAX_LENGTH) {
            out.setLength(MAX_LENGTH - CUT.length());
            out.append(CUT);
        }
        return out.toString();
    }
}
