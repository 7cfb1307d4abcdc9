package dev.chassis.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Values separated by commas; {@code \,} is a comma in a value. Space around values does not count. */
record ListShape(Scalar element, boolean distinct) implements Shape {

    @Override
    public Object read(Reading reading, Slot slot) {
        Value value = reading.value(slot, element.secret());
        if (value.failure() != null) {
            return reading.bad(value, value.failure());
        }
        if (value.isEmpty()) {
            return slot.required() ? reading.missing(value, expected()) : Reading.ABSENT;
        }
        List<Object> parsed = new ArrayList<>();
        for (String part : split(value.text())) {
            Object one = part.isEmpty() ? Reading.BAD : element.parse(part);
            if (one == Reading.BAD) {
                return reading.bad(value, expected());
            }
            parsed.add(one);
        }
        return unmodifiable(parsed);
    }

    @Override
    public void describe(Slot slot, List<KeySpec> keys) {
        element.describe(slot.form("list of "), keys);
    }

    private String expected() {
        return "values separated by commas, each " + element.expected();
    }

    private Collection<Object> unmodifiable(List<Object> parsed) {
        if (!distinct) {
            return List.copyOf(parsed);
        }
        Set<Object> inOrder = new LinkedHashSet<>(parsed);
        return Collections.unmodifiableSet(inOrder);
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ',') {
                part.append(text.charAt(++i));
            } else if (c == ',') {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }
}
