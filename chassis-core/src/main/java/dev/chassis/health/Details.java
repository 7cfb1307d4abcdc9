package dev.chassis.health;

import org.jspecify.annotations.Nullable;

/** Makes what foreign code says fit for a reading: never null, one line, short. */
final class Details {

    private static final int MAX_LENGTH = 200;

    private Details() {}

    /** What a check returned, or a failure if it returned nothing. */
    static Health of(@Nullable Health answer) {
        return answer == null
                ? Health.down("returned null instead of a health")
                : new Health(answer.status(), line(answer.detail()));
    }

    /** The failure that an exception stands for. */
    static Health of(Throwable thrown) {
        String message = thrown.getMessage();
        return Health.down(
                message == null || message.isBlank() ? thrown.getClass().getSimpleName() : line(message));
    }

    private static String line(String text) {
        String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
        StringBuilder line = new StringBuilder(shortened.length());
        shortened.chars().forEach(c -> line.append(c < ' ' ? ' ' : (char) c));
        return line.toString();
    }
}
