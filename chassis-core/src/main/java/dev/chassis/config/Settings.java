package dev.chassis.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is set under a prefix, as plain text. Used by one thread. */
final class Settings {

    private final String prefix;
    private final Values values;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Configuration.Entry> entries = new ArrayList<>();

    Settings(String prefix, Catalogue catalogue, Values values) {
        this.prefix = prefix;
        this.values = values;
        Set<String> variables = new HashSet<>();
        boolean declared = false;
        for (KeySpec spec : catalogue.keys()) {
            if (Keys.isUnder(prefix, spec.key())) {
                declared = true;
                if (!spec.isPattern() && variables.add(spec.environmentName())) {
                    add(spec.key());
                }
            }
        }
        for (String name : Names.under(values.layers(), prefix, List.of(""))) {
            String key = Keys.join(prefix, name);
            if (!variables.contains(Keys.environmentName(key))) {
                add(key);
            }
        }
        if (!declared) {
            catalogue.open(prefix);
        }
    }

    private void add(String key) {
        Value value = values.value(key, null, false);
        if (value.failure() != null) {
            problems.add(value.problem(value.failure()));
        } else if (!value.isEmpty()) {
            texts.put(key.substring(prefix.isEmpty() ? 0 : prefix.length() + 1), value.text());
            entries.add(value.entry());
        }
    }

    Map<String, String> texts() {
        return texts;
    }

    List<Problem> problems() {
        return problems;
    }

    List<Configuration.Entry> entries() {
        return entries;
    }
}
