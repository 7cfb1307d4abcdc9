package dev.chassis.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is set under a prefix, as plain text. Used by one thread. */
final class Settings {

    private final Map<String, String> texts = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Configuration.Entry> entries = new ArrayList<>();

    Settings(String prefix, Lookup lookup) {
        for (String name : lookup.config().getPropertyNames()) {
            if (Keys.isUnder(prefix, name)) {
                String rest = name.substring(prefix.isEmpty() ? 0 : prefix.length() + 1);
                add(rest.replace("\"", ""), lookup.value(name));
            }
        }
    }

    private void add(String name, Value value) {
        if (value.failure() != null) {
            problems.add(value.problem(value.failure()));
        } else if (!value.isEmpty()) {
            texts.put(name, value.text());
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
