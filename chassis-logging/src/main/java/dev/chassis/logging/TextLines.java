package dev.chassis.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Lines for people: local time, level, the logger's last name, the message, then the fields. */
final class TextLines implements LineEncoder {

    private static final String RESET = "\u001b[0m";
    private static final String DIM = "\u001b[2m";
    private static final Map<String, String> COLOURS =
            Map.of("ERROR", "\u001b[31m", "WARN", "\u001b[33m", "INFO", "\u001b[32m", "DEBUG", "\u001b[36m");

    private final ZoneId zone = ZoneId.systemDefault();
    private final boolean coloured;

    TextLines(boolean coloured) {
        this.coloured = coloured;
    }

    @Override
    public void encode(Line line, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder(256);
        dim(text, time(line) + " ");
        level(text, line.level());
        dim(text, " [" + escaped(line.thread()) + "] " + escaped(lastName(line.logger())) + ": ");
        ControlCharacters.appendEscaped(text, line.msg());
        line.extras().forEach((name, value) -> field(text, name, value));
        if (line.correlationId() != null) {
            dim(text, " " + escaped(Schema.CORRELATION_ID + "=" + line.correlationId()));
        }
        if (line.error() != null) {
            text.append('\n');
            ControlCharacters.appendEscaped(text.append("    "), StackText.of(line.error()));
        }
        out.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
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

    private void field(StringBuilder text, String name, Object value) {
        dim(text, " " + escaped(name) + "=");
        ControlCharacters.appendEscaped(text, String.valueOf(value));
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
