package dev.chassis.logging;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What every line of a service carries, its name, its version, under the names of a schema. Immutable, and encoded once. */
final class CommonFields {

    static final CommonFields NONE = new CommonFields(Schema.CHASSIS, Map.of());

    private static final int MAX_VALUE = 256;

    private final Schema schema;
    private final Map<String, String> fields = new TreeMap<>();
    private final byte[] json;

    /**
     * Fields in the order of their names.
     *
     * @throws IllegalArgumentException if a name belongs to the schema
     */
    CommonFields(Schema schema, Map<String, String> fields) {
        this.schema = schema;
        fields.forEach((name, value) -> this.fields.put(nameIn(schema, name), value));
        BatchBuffer text = new BatchBuffer();
        this.fields.forEach((name, value) -> append(text, name, value));
        this.json = text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String nameIn(Schema schema, String name) {
        String own = schema.common(name);
        if (schema.isReserved(own)) {
            throw new IllegalArgumentException(
                    "common field: \"" + name + "\" (expected: a name other than " + schema.reserved() + ")");
        }
        return own;
    }

    private static void append(BatchBuffer text, String name, String value) {
        text.append(Schema.prefix(name));
        text.write('"');
        JsonText.append(text, value, MAX_VALUE);
        text.write('"');
    }

    Schema schema() {
        return schema;
    }

    /** Whether a name is taken on every line: by one of these, or by the schema. */
    boolean contains(String name) {
        return schema.isReserved(name) || fields.containsKey(name);
    }

    /** {@code ,"service":"orders"}: what follows a first field. */
    byte[] json() {
        return json;
    }
}
