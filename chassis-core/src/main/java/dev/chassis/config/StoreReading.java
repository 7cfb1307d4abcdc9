package dev.chassis.config;

import dev.chassis.config.LastKnown.RefusedException;
import dev.chassis.config.ParameterStore.Answers;
import dev.chassis.config.ParameterStore.Reference;
import dev.chassis.config.ParameterStore.Request;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One reading of a store, and where somebody asked for it ({@code chassis.parameters.cache-file}) what was known last instead of what cannot be
 * had now. Used by one thread, once.
 */
public final class StoreReading {

    private final ParameterStore store;
    private final ParametersConfig config;
    private final Optional<Path> file;
    private final List<String> warnings = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();

    /** That of the values of a configuration. */
    StoreReading(ParameterStore store, ParametersConfig config) {
        this(store, config, config.cacheFile());
    }

    private StoreReading(ParameterStore store, ParametersConfig config, Optional<Path> file) {
        this.store = store;
        this.config = config;
        this.file = file;
    }

    /**
     * That of somebody who reads for himself while the service runs. What is kept for him is in a file of its own, beside that of the
     * configuration, because each is replaced as a whole.
     *
     * @param name whose it is, as the end of the file's name; any characters
     */
    public static StoreReading of(ParameterStore store, ParametersConfig config, String name) {
        String end = "." + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return new StoreReading(
                store, config, config.cacheFile().map(file -> file.resolveSibling(file.getFileName() + end)));
    }

    /** What a person should know of the answers, though all is well; empty if there is nothing. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>(warnings);
        refusal.ifPresent(expected -> troubles.add(file.orElseThrow() + " keeps nothing (" + ParametersConfig.CACHE_FILE
                + "; expected: " + expected + ")"));
        return troubles;
    }

    /** What a person should know, though all is well. */
    List<String> warnings() {
        return warnings;
    }

    /** What was expected of the file instead. */
    Optional<String> refusal() {
        return refusal;
    }

    /** A value or a failure for each of these, in the time that the configuration gives. */
    public Answers answers(Set<Reference> references) {
        Request request = new Request(references, config.timeout(), config.endpoint(), config.region());
        return file.map(kept -> answers(request, kept)).orElseGet(() -> store.read(request));
    }

    /** What is wrong with the file is told beside everything else that is wrong. */
    private Answers answers(Request request, Path file) {
        try (LastKnown known = LastKnown.open(file)) {
            Answers answers = store.read(request);
            if (answers.failures().isEmpty()) {
                keep(known, answers, file);
            }
            return answers.unreachable().isEmpty() ? answers : completed(answers, known, file);
        } catch (RefusedException e) {
            refusal = Optional.ofNullable(e.getMessage());
            return store.read(request);
        }
    }

    /** A disk that is full keeps no service from starting. */
    private void keep(LastKnown known, Answers answers, Path file) {
        try {
            known.keep(KeptValues.of(answers));
        } catch (IOException e) {
            warnings.add("the values of parameters are not kept in " + file + " (" + ParametersConfig.CACHE_FILE + "): "
                    + LastKnown.reason(e));
        }
    }

    private Answers completed(Answers answers, LastKnown known, Path file) throws RefusedException {
        Optional<KeptValues> kept = known.kept();
        if (kept.isEmpty()) {
            return without(answers, "no values are kept in " + file + " yet");
        }
        Duration age = kept.get().age();
        if (age.isNegative() || age.compareTo(config.cacheMaxAge()) > 0) {
            return without(
                    answers,
                    "the values kept in " + file + " were read at " + kept.get().read()
                            + ", longer ago than chassis.parameters.cache-max-age, or in the future");
        }
        return with(answers, kept.get(), file);
    }

    private Answers without(Answers answers, String why) {
        Map<Reference, String> failures = new HashMap<>(answers.failures());
        answers.unreachable()
                .forEach(reference -> failures.computeIfPresent(reference, (same, said) -> said + "; " + why));
        return new Answers(answers.values(), answers.below(), failures, answers.unreachable());
    }

    private Answers with(Answers answers, KeptValues kept, Path file) {
        Map<Reference, String> values = new HashMap<>(answers.values());
        Map<String, String> below = new HashMap<>(answers.below());
        Map<Reference, String> failures = new HashMap<>(answers.failures());
        Set<Reference> left = new HashSet<>();
        Set<String> used = new TreeSet<>();
        String reason = "";
        for (Reference reference : answers.unreachable()) {
            Optional<String> value = kept.value(reference);
            if (value.isPresent()) {
                values.put(reference, value.get());
                below.putAll(kept.below(reference));
                reason = String.valueOf(failures.remove(reference));
                used.add(reference.toString());
            } else {
                left.add(reference);
            }
        }
        if (!used.isEmpty()) {
            warnings.add("values that were read " + age(kept) + " ago are used, from " + file + ", for " + used
                    + ", which cannot be read now (expected: " + reason + ")");
        }
        Answers completed = new Answers(values, below, failures, left);
        return left.isEmpty() ? completed : without(completed, "none is kept in " + file);
    }

    /** Minutes where hours say enough are noise, seconds are of use to nobody. */
    private static String age(KeptValues kept) {
        Duration age = kept.age();
        return age.toHours() == 0 ? age.toMinutes() + " min" : age.toHours() + " h";
    }
}
