package dev.chassis.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which dead letters are meant: all conditions must hold, and none means all letters. Immutable: each condition gives a new filter.
 *
 * <pre>{@code
 * DeadLetterFilter.all().reason("attempts").olderThan(Duration.ofHours(1)).header("tenant", "acme")
 * }</pre>
 */
public final class DeadLetterFilter implements Predicate<DeadLetter> {

    private static final DeadLetterFilter ALL =
            new DeadLetterFilter(Map.of(), Optional.empty(), Optional.empty(), Optional.empty());

    private final Map<String, String> headers;
    private final Optional<String> reason;
    private final Optional<String> type;
    private final Optional<Duration> age;

    private DeadLetterFilter(
            Map<String, String> headers, Optional<String> reason, Optional<String> type, Optional<Duration> age) {
        this.headers = headers;
        this.reason = reason;
        this.type = type;
        this.age = age;
    }

    /** Every letter. */
    public static DeadLetterFilter all() {
        return ALL;
    }

    /** Those given up for this reason: {@code attempts}, {@code permanent} or {@code undecodable}. */
    public DeadLetterFilter reason(String wanted) {
        return new DeadLetterFilter(headers, Optional.of(wanted), type, age);
    }

    /** Those that failed with this class, given with its package or without. */
    public DeadLetterFilter type(String wanted) {
        return new DeadLetterFilter(headers, reason, Optional.of(wanted), age);
    }

    /** Those given up at least so long ago; one of which nobody knows when is none of them. */
    public DeadLetterFilter olderThan(Duration wanted) {
        return new DeadLetterFilter(headers, reason, type, Optional.of(wanted));
    }

    /** Those with this header, compared as text. */
    public DeadLetterFilter header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new DeadLetterFilter(Map.copyOf(more), reason, type, age);
    }

    @Override
    public boolean test(DeadLetter letter) {
        return reason.filter(wanted -> !wanted.equals(letter.reason())).isEmpty()
                && type.filter(wanted -> !isType(letter.type(), wanted)).isEmpty()
                && age.filter(wanted -> !isOlder(letter, wanted)).isEmpty()
                && headers.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue()
                                .equals(Objects.toString(letter.headers().get(wanted.getKey()), null)));
    }

    private static boolean isType(String name, String wanted) {
        return name.equals(wanted) || name.endsWith("." + wanted) || name.endsWith("$" + wanted);
    }

    private static boolean isOlder(DeadLetter letter, Duration wanted) {
        return letter.died()
                .filter(died -> !died.isAfter(Instant.now().minus(wanted)))
                .isPresent();
    }
}
