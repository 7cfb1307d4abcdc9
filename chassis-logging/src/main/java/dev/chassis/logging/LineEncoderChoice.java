package dev.chassis.logging;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes in the format chosen last. An encoder is made by the writer thread when the first line needs it: the thread that asks for the
 * first logger does not wait for JSON libraries to load, and text never loads them.
 */
final class LineEncoderChoice implements LineEncoder {

    private static final String NO_COLOUR = "NO_COLOR";

    private volatile LogFormat format;
    private @Nullable LineEncoder json;
    private @Nullable LineEncoder text;

    LineEncoderChoice(LogFormat format) {
        this.format = format;
    }

    /** Lines encoded from now on look like this. Called from any thread. */
    void choose(LogFormat format) {
        this.format = format;
    }

    @Override
    public void encode(Line line, OutputStream out) throws IOException {
        (format == LogFormat.JSON ? json() : text()).encode(line, out);
    }

    /** The same one every time, so that its sequence goes on. */
    private LineEncoder json() {
        if (json == null) {
            json = new JsonLines();
        }
        return json;
    }

    private LineEncoder text() {
        if (text == null) {
            text = new TextLines(Stdout.isTerminal() && System.getenv(NO_COLOUR) == null); // https://no-color.org
        }
        return text;
    }
}
