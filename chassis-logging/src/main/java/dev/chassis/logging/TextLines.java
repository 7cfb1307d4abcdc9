package dev.chassis.logging;

import dev.chassis.context.Correlation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines for people: local time, level, the logger's last name, the message, then the fields. */
final class TextLines implements LineEncoder {

    private static final String RESET = "\u001b[0m";
    private static final String DIM = "\u001b[2m";
    private static final Map<String, String> COLOURS =
            Map.of("ERROR", "\u001b[31m", "WARN", "\u001b[33m", "INFO", "\u001b[32m", "DEBUG", "\u001b[36m");

    private final ZoneId zone = ZoneId.systemDefault();
    private final boolean coloured;

    private final Masker masker;
    private final LogTotals totals;

    TextLines(boolean coloured, LineRules rules, LogTotals totals) {
        this.coloured = coloured;
        this.masker = new Masker(rules.maskedNames());
        this.totals = totals;
    }

    @Override
    public void encode(Line line, BatchBuffer out) {
        int start = out.size;
        StringBuilder text = new StringBuilder(256);
        dim(text, time(line) + " ");
        level(text, line.level().name());
        dim(text, " [" + escaped(line.thread()) + "] " + escaped(lastName(line.logger())) + ": ");
        ControlCharacters.appendEscaped(text, masker.mask(line.msg()));
        for (int i = 0; i < line.fields().size(); i++) {
            field(text, line.fields().name(i), line.fields().value(i));
        }
        if (line.correlationId() != null) {
            dim(text, " " + escaped(Correlation.ID_KEY + "=" + line.correlationId()));
        }
        if (line.error() != null) {
            text.append('\n');
            ControlCharacters.appendEscaped(text.append("    "), StackText.of(line.error(), masker::mask));
        }
        out.append(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        totals.nextSeq();
        totals.wrote(line, out.size - start, false);
    }

    /** Always with milliseconds, {@code 08:32:24.120}: {@code LocalTime} leaves zeroes out, and columns should not dance. */
    private String time(Line line) {
        LocalTime time = LocalTime.ofInstant(Instant.ofEpochSecond(line.epochSecond(), line.nanos()), zone)
                .truncatedTo(ChronoUnit.MILLIS);
        String text = time.toString();
        return switch (text.length()) {
            case 5 -> text + ":00.000";
            case 8 -> text + ".000";
            default -> text;
        };
    }

    private void level(StringBuilder text, String level) {
        String colour = coloured ? COLOURS.get(level) : null;
        text.append(colour == null ? "" : colour).append(level);
        text.append(" ".repeat(Math.max(0, 5 - level.length()))).append(colour == null ? "" : RESET);
    }

    private void field(StringBuilder text, String name, @Nullable Object value) {
        dim(text, " " + escaped(name) + "=");
        String plain = masker.isSecret(name) ? Masker.MASK : masker.mask(String.valueOf(value));
        ControlCharacters.appendEscaped(text, plain);
    }

    private void dim(StringBuilder text, String part) {
        text.append(coloured ? DIM : "").append(part).append(coloured ? RESET : "");
    }

    private static String escaped(String part) {
        StringBuilder text = new StringBuilder(part.length());
        ControlCharacters.appendEscaped(text, part);
        return text.toString();
    }

    private static String lastName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
