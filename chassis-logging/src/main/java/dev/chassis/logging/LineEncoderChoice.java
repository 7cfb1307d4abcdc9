package dev.chassis.logging;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Encodes in the format chosen last. An encoder is made by the writer thread when the first line needs it: the thread that asks for the
 * first logger does not wait for its classes.
 */
final class LineEncoderChoice implements LineEncoder {

    private static final String NO_COLOUR = "NO_COLOR";

    private final LogTotals totals;
    private volatile Choice choice;
    private @Nullable Choice made; // writer thread, as the next
    private @Nullable LineEncoder encoder;

    LineEncoderChoice(LogFormat format, LineRules rules, LogTotals totals) {
        this.totals = totals;
        this.choice = new Choice(format, rules);
    }

    /** Lines encoded from now on look like this. Called from any thread. */
    void choose(LogFormat format, LineRules rules) {
        this.choice = new Choice(format, rules);
    }

    /** The most bytes of a line. */
    int lineBudget() {
        return choice.rules.lineBudget();
    }

    @Override
    public void encode(Line line, BatchBuffer out) throws IOException {
        encoder().encode(line, out);
    }

    private LineEncoder encoder() {
        Choice wanted = choice;
        if (encoder == null || wanted != made) {
            encoder = wanted.format == LogFormat.JSON ? new JsonLines(wanted.rules, totals) : text(wanted.rules);
            made = wanted;
        }
        return encoder;
    }

    private LineEncoder text(LineRules rules) {
        boolean coloured = Stdout.isTerminal() && System.getenv(NO_COLOUR) == null; // https://no-color.org
        return new TextLines(coloured, rules, totals);
    }

    private record Choice(LogFormat format, LineRules rules) {}
}
