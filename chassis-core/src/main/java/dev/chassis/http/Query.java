package dev.chassis.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a query: {@code name=value} joined by {@code &}, as forms write them (WHATWG URL, section 5.1). Immutable. */
final class Query {

    private static final Query NONE = new Query(Map.of());

    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * The query of a request target.
     *
     * @throws HttpException 400 if it cannot be decoded
     */
    static Query of(String target) {
        int mark = target.indexOf('?');
        if (mark < 0 || mark == target.length() - 1) {
            return NONE;
        }
        Map<String, List<String>> values = new HashMap<>();
        for (int from = mark + 1; from <= target.length(); ) {
            int next = target.indexOf('&', from);
            int to = next < 0 ? target.length() : next;
            if (to > from) {
                add(values, target, from, to);
            }
            from = to + 1;
        }
        return new Query(values);
    }

    @Nullable
    String first(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.get(0);
    }

    List<String> all(String name) {
        List<String> all = values.get(name);
        return all == null ? List.of() : List.copyOf(all);
    }

    private static void add(Map<String, List<String>> values, String target, int from, int to) {
        int sign = target.indexOf('=', from);
        int nameEnd = sign < 0 || sign > to ? to : sign;
        String name = PercentDecoder.query(target, from, nameEnd);
        String value = PercentDecoder.query(target, Math.min(nameEnd + 1, to), to);
        if (name == null || value == null) {
            throw HttpException.badRequest("The query cannot be decoded at \""
                    + Shortened.text(target.substring(from, to)) + "\" (expected: percent-encoded UTF-8).");
        }
        values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }
}
