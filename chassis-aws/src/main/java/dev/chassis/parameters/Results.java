package dev.chassis.parameters;

import dev.chassis.config.ParameterStore.Answers;
import dev.chassis.config.ParameterStore.Reference;
import dev.chassis.config.ParameterStore.Request;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is known so far. The first that is said of a reference counts.
 *
 * <p>Thread-safe. I1: the maps and the set are used under the lock.
 */
final class Results {

    private final Request request;
    private final Map<Reference, String> values = new HashMap<>(); // I1
    private final Map<Reference, String> failures = new HashMap<>(); // I1
    private final Map<String, String> below = new HashMap<>(); // I1
    private final Set<Reference> unreachable = new HashSet<>(); // I1

    Results(Request request) {
        this.request = request;
    }

    synchronized void value(Reference reference, String value) {
        values.putIfAbsent(reference, value);
    }

    synchronized void failure(Reference reference, String expected) {
        failure(reference, expected, false);
    }

    /** All that is below the path. */
    synchronized void below(Reference path, Map<String, String> all) {
        values.put(path, "");
        below.putAll(all);
    }

    /** What the call gives, or nothing and a failure for each of the references. */
    <T> Optional<T> orFailed(Collection<Reference> wanted, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (RuntimeException e) {
            failed(wanted, e);
            return Optional.empty();
        }
    }

    /** A call for these has failed. */
    void failed(Collection<Reference> wanted, RuntimeException failure) {
        boolean passes = Failures.isPassing(failure);
        wanted.forEach(reference -> failure(reference, Failures.expected(reference, failure, request), passes));
    }

    private synchronized void failure(Reference reference, String expected, boolean passes) {
        boolean first = failures.putIfAbsent(reference, expected) == null;
        if (first && passes) {
            unreachable.add(reference);
        }
    }

    /** What is known now; what is not yet known has come too late. */
    synchronized Answers answers() {
        for (Reference reference : request.references()) {
            if (!values.containsKey(reference)) {
                failure(reference, Failures.late(reference, request), true);
            }
        }
        return new Answers(values, below, failures, unreachable);
    }
}
