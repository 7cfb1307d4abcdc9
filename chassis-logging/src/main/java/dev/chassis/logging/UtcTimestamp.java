package dev.chassis.logging;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * {@code 2026-11-23T08:32:24.000120Z}: ISO-8601 in UTC with six digits always, so that lines sort as text. One instance belongs to one
 * thread at a time; the date is worked out once per second.
 */
final class UtcTimestamp {

    private static final int FRACTION_END = 25;
    private static final int MICROS_DIGITS = 6;
    private static final int NANOS_PER_MICRO = 1_000;

    private final byte[] text = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.ISO_8859_1);
    private long second = Long.MIN_VALUE;

    /** The text, until the next call. */
    byte[] bytes(long epochSecond, int nanos) {
        if (epochSecond != second) {
            writeSecond(LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC));
            second = epochSecond;
        }
        digits(FRACTION_END, MICROS_DIGITS, nanos / NANOS_PER_MICRO);
        return text;
    }

    private void writeSecond(LocalDateTime time) {
        digits(3, 4, time.getYear());
        digits(6, 2, time.getMonthValue());
        digits(9, 2, time.getDayOfMonth());
        digits(12, 2, time.getHour());
        digits(15, 2, time.getMinute());
        digits(18, 2, time.getSecond());
    }

    private void digits(int last, int count, int value) {
        int rest = value;
        for (int i = last; i > last - count; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
