package dev.chassis.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/**
 * Renders a throwable with its root cause first, because that is what one looks for, and bounded, because a stack must not crowd out the
 * lines around it. Frames of the platform and of libraries below the first of each throwable are folded.
 */
final class StackText {

    static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_FRAMES = 64;
    private static final String CUT = "\n\t… cut";

    private final StringBuilder out = new StringBuilder(1024);
    private final UnaryOperator<String> masker;

    private StackText(UnaryOperator<String> masker) {
        this.masker = masker;
    }

    /** The text; messages as the masker makes them. */
    static String of(IThrowableProxy error, UnaryOperator<String> masker) {
        StackText text = new StackText(masker);
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
            String masked = masker.apply(message);
            out.append(": ").append(masked, 0, Math.min(masked.length(), MAX_LENGTH));
        }
    }

    private void frames(StackTraceElementProxy[] frames, int common) {
        int own = frames.length - common;
        int shown = Math.min(own, MAX_FRAMES);
        int i = 0;
        while (i < shown && out.length() <= MAX_LENGTH) {
            int folded = i == 0 ? 0 : FrameNames.librariesFrom(frames, i, shown);
            if (folded > 1) {
                out.append("\n\t… ").append(folded).append(" of libraries");
                i += folded;
            } else {
                out.append("\n\tat ").append(frames[i].getStackTraceElement());
                i++;
            }
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
