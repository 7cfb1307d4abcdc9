package dev.chassis.logging;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a line carries besides its schema: names that are free on it, with values as {@link PlainValue} makes them, in order. Immutable
 * once its builder is let go of.
 */
final class Fields {

    static final Fields NONE = new Fields(0);

    private static final int FIELD_WEIGHT = 64;

    private @Nullable Object[] items;
    private int size;
    private int renamed;
    private int replaced;

    private Fields(int capacity) {
        items = new @Nullable Object[2 * capacity];
    }

    /** For a test. */
    static Fields of(Map<String, ?> fields) {
        Fields all = builder(fields.size());
        fields.forEach((name, value) -> all.add(name, value, CommonFields.NONE));
        return all;
    }

    /** An empty one, to be filled by the thread that made it before anybody else sees it. */
    static Fields builder(int capacity) {
        return new Fields(capacity);
    }

    /** Adds a field; under {@code name_2} or {@code name_3} when two fields of one name would make a line that parsers refuse. */
    void add(String name, @Nullable Object value, CommonFields common) {
        String clean = Unicode.name(name);
        String free = clean;
        for (int n = 2; common.contains(free) || contains(free); n++) {
            free = clean + "_" + n;
        }
        Object plain = PlainValue.of(value);
        renamed += free.equals(clean) ? 0 : 1;
        replaced += PlainValue.isReplacement(plain, value) ? 1 : 0;
        put(free, plain);
    }

    private void put(String name, @Nullable Object value) {
        if (2 * size == items.length) {
            items = Arrays.copyOf(items, Math.max(8, 2 * items.length));
        }
        items[2 * size] = name;
        items[2 * size + 1] = value;
        size++;
    }

    private boolean contains(String name) {
        for (int i = 0; i < size; i++) {
            if (name.equals(items[2 * i])) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    String name(int i) {
        return String.valueOf(items[2 * i]);
    }

    @Nullable
    Object value(int i) {
        return items[2 * i + 1];
    }

    /** How many had to take another name. */
    int renamed() {
        return renamed;
    }

    /** How many could not be told, and say so instead. */
    int replaced() {
        return replaced;
    }

    /** Roughly the bytes it holds on to. */
    int weight() {
        int weight = 0;
        for (int i = 0; i < size; i++) {
            weight += weight(value(i));
        }
        return weight;
    }

    private static int weight(@Nullable Object value) {
        if (value instanceof String text) {
            return FIELD_WEIGHT + text.length();
        }
        if (value instanceof Map<?, ?> map) {
            return FIELD_WEIGHT + weights(map.keySet()) + weights(map.values());
        }
        return FIELD_WEIGHT + (value instanceof Collection<?> list ? weights(list) : 0);
    }

    private static int weights(Collection<?> values) {
        int weight = 0;
        for (Object value : values) {
            weight += weight(value);
        }
        return weight;
    }
}
