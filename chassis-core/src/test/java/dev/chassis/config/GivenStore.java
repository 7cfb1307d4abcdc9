package dev.chassis.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A store that has what {@link Given} was given, for the thread that loads it. */
public final class GivenStore implements ParameterStore {

    private static final ThreadLocal<Map<String, String>> OPEN = ThreadLocal.withInitial(Map::of);
    private static final ThreadLocal<Set<String>> AWAY = ThreadLocal.withInitial(Set::of);
    private static final ThreadLocal<List<Request>> REQUESTS = ThreadLocal.withInitial(ArrayList::new);

    /** For the service loader. */
    public GivenStore() {}

    static void open(Map<String, String> parameters) {
        OPEN.set(parameters);
    }

    /** These cannot be read now. */
    static void away(Set<String> references) {
        AWAY.set(references);
    }

    /** What was asked of it on this thread, once. */
    static List<Request> requests() {
        List<Request> requests = REQUESTS.get();
        REQUESTS.remove();
        return requests;
    }

    @Override
    public Answers read(Request request) {
        REQUESTS.get().add(request);
        Map<Reference, String> values = new HashMap<>();
        Map<Reference, String> failures = new HashMap<>();
        Map<String, String> below = new HashMap<>();
        Set<Reference> unreachable = new HashSet<>();
        for (Reference reference : request.references()) {
            String value = OPEN.get().get(reference.toString());
            if (AWAY.get().contains(reference.toString())) {
                failures.put(reference, "an answer for " + reference);
                unreachable.add(reference);
            } else if (reference.kind() == Kind.PATH) {
                values.put(reference, "");
                OPEN.get().forEach((name, text) -> {
                    if (name.startsWith(reference.toString())) {
                        below.put(name.substring("ssm:".length()), text);
                    }
                });
            } else if (value == null) {
                failures.put(reference, reference + " to exist");
            } else {
                values.put(reference, value);
            }
        }
        return new Answers(values, below, failures, unreachable);
    }
}
