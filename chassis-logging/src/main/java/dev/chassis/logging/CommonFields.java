package dev.chassis.logging;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** What every line of a service carries: its name, its version. Immutable, and encoded once. */
final class CommonFields {

    static final CommonFields NONE = new CommonFields(Map.of());

    private final Map<String, String> fields;
    private final SerializableString json;

    /**
     * Fields in the order of their names.
     *
     * @throws IllegalArgumentException if a name belongs to the schema
     */
    CommonFields(Map<String, String> fields) {
        this.fields = new TreeMap<>(fields);
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : this.fields.entrySet()) {
            append(text, field.getKey(), field.getValue());
        }
        this.json = new SerializedString(text.toString());
    }

    boolean contains(String name) {
        return fields.containsKey(name);
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** {@code ,"service":"orders"}: what follows a first field. */
    SerializableString json() {
        return json;
    }

    private static void append(StringBuilder text, String name, String value) {
        if (Schema.RESERVED.contains(name)) {
            throw new IllegalArgumentException(
                    "common field: \"" + name + "\" (expected: a name other than " + Schema.RESERVED + ")");
        }
        text.append(",\"")
                .append(quoted(name))
                .append("\":\"")
                .append(quoted(value))
                .append('"');
    }

    private static String quoted(String text) {
        return new String(new SerializedString(Unicode.wellFormed(text)).asQuotedChars());
    }
}
