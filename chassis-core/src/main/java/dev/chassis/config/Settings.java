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

    private Settings(String prefix, Values values) {
        this.prefix = prefix;
        this.values = values;
    }

    /** Reads them; makes every key below the prefix known unless a mapping says which there are. */
    static Settings read(String prefix, Catalogue catalogue, Values values) {
        Settings settings = new Settings(prefix, values);
        List<KeySpec> declared = settings.declared(catalogue);
        settings.add(declared);
        if (declared.isEmpty()) {
            catalogue.open(prefix);
        }
        return settings;
    }

    private List<KeySpec> declared(Catalogue catalogue) {
        List<KeySpec> declared = new ArrayList<>();
        for (KeySpec spec : catalogue.keys()) {
            if (Keys.isUnder(prefix, spec.key())) {
                declared.add(spec);
            }
        }
        return declared;
    }

    /** The declared keys first, because only they say how the key of a variable is spelt. */
    private void add(List<KeySpec> declared) {
        Set<String> variables = new HashSet<>();
        for (KeySpec spec : declared) {
            if (!spec.isPattern() && variables.add(spec.environmentName())) {
                add(spec.key());
            }
        }
        for (String name : Names.under(values.layers(), prefix, List.of(""))) {
            String key = Keys.join(prefix, name);
            if (!variables.contains(Keys.environmentName(key))) {
                add(key);
            }
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
