package dev.chassis.logging;

import org.jspecify.annotations.Nullable;

/** The encoder of each format, made when it is first needed: text needs no JSON library, JSON no colours. Thread-safe. */
final class LineEncoderChoice {

    private static final String NO_COLOUR = "NO_COLOR";

    private @Nullable JsonLines json;

    /** The same JSON encoder every time, so that its sequence goes on. */
    synchronized LineEncoder of(LogFormat format) {
        return switch (format) {
            case JSON -> json == null ? json = new JsonLines() : json;
            case TEXT -> new TextLines(Stdout.isTerminal() && System.getenv(NO_COLOUR) == null); // https://no-color.org
        };
    }
}
