package dev.chassis.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key as one line of a {@link KeyTable}.
 *
 * @param flags {@code l} for a list, {@code r} if it is required, {@code s} for a secret, {@code d} if there is a default
 */
record KeyLine(String key, String type, String flags, String min, String max, String fallback, String description) {

    private static final char SEPARATOR = '\t';

    private static final int FIELDS = 7;

    private static final Map<String, Class<?>> PRIMITIVES =
            Map.of("int", int.class, "long", long.class, "double", double.class, "boolean", boolean.class);

    static KeyLine of(KeySpec spec) {
        String flags = (spec.list() ? "l" : "")
                + (spec.required() ? "r" : "")
                + (spec.secret() ? "s" : "")
                + (spec.fallback() == null ? "" : "d");
        return new KeyLine(
                spec.key(),
                spec.type().raw().getName(),
                flags,
                spec.bounds().least(),
                spec.bounds().most(),
                spec.fallback() == null ? "" : spec.fallback(),
                spec.description());
    }

    static KeyLine parse(String line) {
        String[] fields = new String[FIELDS];
        int from = 0;
        for (int i = 0; i < FIELDS - 1; i++) {
            int end = line.indexOf(SEPARATOR, from);
            fields[i] = line.substring(from, end);
            from = end + 1;
        }
        fields[FIELDS - 1] = line.substring(from);
        return new KeyLine(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);
    }

    String text() {
        return String.join(String.valueOf(SEPARATOR), key, type, flags, min, max, fallback, description);
    }

    KeySpec spec(@Nullable ClassLoader loader) {
        ValueType read = ValueType.of(load(loader), key);
        return new KeySpec(
                key,
                read,
                has('l'),
                Bounds.of(min, max, read),
                has('d') ? fallback : null,
                has('r'),
                description,
                has('s'));
    }

    private boolean has(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    private Class<?> load(@Nullable ClassLoader loader) {
        Class<?> primitive = PRIMITIVES.get(type);
        try {
            return primitive == null ? Class.forName(type, false, loader) : primitive;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("key " + key + " has a type that is not there: " + type, e);
        }
    }
}
