package dev.chassis.admin;

import dev.chassis.http.HttpException;
import java.time.DateTimeException;
import java.time.Duration;

/** Reads how long a level is to last: {@code 90s}, {@code 15m}, {@code 1h}, {@code 500ms}, or ISO 8601 ({@code PT15M}). */
final class LevelTime {

    private static final Duration LONGEST = Duration.ofHours(24);

    private LevelTime() {}

    static Duration parse(String text) {
        try {
            Duration time = text.startsWith("P") ? Duration.parse(text) : withUnit(text);
            if (!time.isZero() && !time.isNegative() && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            // falls through to the one message that says what is allowed
        }
        throw HttpException.badRequest(
                "for: \"" + text + "\" (expected: more than nothing and at most 24h, such as 90s, 15m, 1h)");
    }

    private static Duration withUnit(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long amount = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> throw new NumberFormatException("no unit");
        };
    }
}
