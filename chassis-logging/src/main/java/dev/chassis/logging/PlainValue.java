package dev.chassis.logging;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was logged into what cannot change any more: null, text, numbers, booleans, and lists and maps of them, of which it takes the first two hundred. Code of the
 * application runs here and nowhere later; whatever it throws becomes the value.
 */
final class PlainValue {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_ELEMENTS = 200;
    private static final String DEEPER = "…";
    private static final String REPLACED = "!error: ";

    private PlainValue() {}

    static @Nullable Object of(@Nullable Object value) {
        try {
            return plain(value, 0);
        } catch (Throwable failure) { // also a StackOverflowError or a LinkageError: a bad value must not cost the line
            return REPLACED + failure.getClass().getName();
        }
    }

    /** Whether {@link #of} could not tell the value, and made this of it. */
    static boolean isReplacement(@Nullable Object plain, @Nullable Object value) {
        return plain != value && plain instanceof String text && text.startsWith(REPLACED);
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean || isPlainNumber(value)) {
            return value;
        }
        boolean deepest = depth == MAX_DEPTH;
        if (value instanceof Map<?, ?> map) {
            return deepest ? DEEPER : plainMap(map, depth + 1);
        }
        if (value instanceof Collection<?> collection) { // not every Iterable: a Path contains itself
            return deepest ? DEEPER : plainList(collection, depth + 1);
        }
        if (value.getClass().isArray()) {
            return deepest ? DEEPER : plainArray(value, depth + 1);
        }
        return value.toString();
    }

    private static boolean isPlainNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte
                || value.getClass() == BigDecimal.class
                || value.getClass() == BigInteger.class;
    }

    private static Map<String, @Nullable Object> plainMap(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (plain.size() == MAX_ELEMENTS) {
                plain.put(DEEPER, map.size());
                break;
            }
            plain.put(Unicode.name(String.valueOf(entry.getKey())), plain(entry.getValue(), depth));
        }
        return plain;
    }

    private static List<@Nullable Object> plainList(Collection<?> collection, int depth) {
        List<@Nullable Object> plain = new ArrayList<>();
        for (Object element : collection) {
            if (plain.size() == MAX_ELEMENTS) {
                plain.add(DEEPER + collection.size());
                break;
            }
            plain.add(plain(element, depth));
        }
        return plain;
    }

    private static List<@Nullable Object> plainArray(Object array, int depth) {
        int length = Array.getLength(array);
        List<@Nullable Object> plain = new ArrayList<>();
        for (int i = 0; i < Math.min(length, MAX_ELEMENTS); i++) {
            plain.add(plain(Array.get(array, i), depth));
        }
        if (length > MAX_ELEMENTS) {
            plain.add(DEEPER + length);
        }
        return plain;
    }
}
