package dev.chassis.json;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that are no JSON of the type that was expected. What it says names members and expectations, no classes, and may be shown to
 * whoever sent them; the {@linkplain #getCause() cause} is the library's and is not for their eyes.
 *
 * <p>It has no stack trace of its own: its cause has one, where there is a cause.
 */
public final class JsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String path;

    JsonException(String problem, String path, @Nullable Throwable cause) {
        super("JSON that " + problem, cause, false, false);
        this.problem = problem;
        this.path = path;
    }

    /** What is wrong, without a subject: {@code has a wrong value at $.score (expected: a number), line 1, column 9}. */
    public String problem() {
        return problem;
    }

    /** Where: {@code $.items[1].rare}, or {@code $} if it is all of it or cannot be told. */
    public String path() {
        return path;
    }
}
