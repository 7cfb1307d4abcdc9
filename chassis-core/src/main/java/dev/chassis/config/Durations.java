package dev.chassis.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Reads durations: numbers each with a unit, the larger before the smaller ({@code 1m30s}), or ISO 8601 ({@code PT10S}). */
final class Durations {

    /** From large to small. */
    private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms", "us", "ns");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws RuntimeException if it is none, is negative, or has a number without a unit
     */
    static Duration parse(String text) {
        String compact = text.strip();
        if (compact.startsWith("P") || compact.startsWith("p")) {
            return notNegative(Duration.parse(compact));
        }
        return withUnits(compact);
    }

    private static Duration withUnits(String text) {
        Duration sum = Duration.ZERO;
        int lastUnit = -1;
        int from = 0;
        do {
            int unitStart = skip(text, from, true);
            int end = skip(text, unitStart, false);
            int unit = UNITS.indexOf(text.substring(unitStart, end));
            if (unitStart == from || unit <= lastUnit) {
                throw new IllegalArgumentException();
            }
            long number = Long.parseLong(text.substring(from, unitStart));
            sum = sum.plus(of(number, UNITS.get(unit)));
            lastUnit = unit;
            from = end;
        } while (from < text.length());
        return sum;
    }

    /** Spelt out, because {@link Duration#multipliedBy} calculates with decimals, whose classes a start would load for this alone. */
    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            case "s" -> Duration.ofSeconds(number);
            case "ms" -> Duration.ofMillis(number);
            case "us" -> Duration.of(number, ChronoUnit.MICROS);
            default -> Duration.ofNanos(number);
        };
    }

    private static int skip(String text, int from, boolean digits) {
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i)) == digits) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Duration notNegative(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException();
        }
        return duration;
    }
}
