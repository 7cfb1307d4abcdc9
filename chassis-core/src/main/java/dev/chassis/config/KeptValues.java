package dev.chassis.config;

import dev.chassis.config.ParameterStore.Answers;
import dev.chassis.config.ParameterStore.Kind;
import dev.chassis.config.ParameterStore.Reference;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values as they once were read, and when that was. Immutable.
 *
 * @param texts by reference and by name below the path, as they stand in the file
 */
record KeptValues(Map<String, String> texts) {

    private static final String READ = "read";
    private static final String BELOW = "below ";

    /** As they stand in a file. */
    static KeptValues of(Map<String, String> texts) {
        KeptValues kept = new KeptValues(texts);
        kept.read();
        return kept;
    }

    /** All of these, read now. */
    static KeptValues of(Answers answers) {
        Map<String, String> texts = new HashMap<>();
        texts.put(READ, Instant.now().toString());
        answers.values().forEach((reference, value) -> texts.put(key(reference), value));
        answers.below().forEach((name, value) -> texts.put(BELOW + name, value));
        return new KeptValues(texts);
    }

    /**
     * When they were read.
     *
     * @throws IllegalArgumentException if it is not told
     */
    Instant read() {
        try {
            return Instant.parse(texts.getOrDefault(READ, ""));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time", e);
        }
    }

    /** How long ago that was; negative if the clock has been set back. */
    Duration age() {
        return Duration.between(read(), Instant.now());
    }

    Optional<String> value(Reference reference) {
        return Optional.ofNullable(texts.get(key(reference)));
    }

    /** What was below the path, by full names. */
    Map<String, String> below(Reference path) {
        Map<String, String> below = new HashMap<>();
        texts.forEach((key, value) -> {
            if (path.kind() == Kind.PATH && key.startsWith(BELOW + path.name())) {
                below.put(key.substring(BELOW.length()), value);
            }
        });
        return below;
    }

    private static String key(Reference reference) {
        return reference.kind() + " " + reference;
    }
}
