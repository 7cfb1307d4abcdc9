package dev.chassis.config;

import java.util.List;

/** A single value. */
record Scalar(ValueType type, Bounds bounds, boolean secret) implements Shape {

    @Override
    public Object read(Reading reading, Slot slot) {
        Value value = reading.value(slot, secret);
        if (value.failure() != null) {
            return reading.bad(value, value.failure());
        }
        if (value.isEmpty()) {
            return slot.required() ? reading.missing(value, expected()) : Reading.ABSENT;
        }
        Object parsed = parse(value.text());
        return parsed == Reading.BAD ? reading.bad(value, expected()) : parsed;
    }

    @Override
    public void describe(Slot slot, List<KeySpec> keys) {
        keys.add(new KeySpec(
                slot.key(),
                slot.form() + type.name(),
                type.unit(),
                slot.fallback(),
                slot.required() && slot.fallback() == null,
                bounds.text(),
                slot.description(),
                secret || Masking.isSecret(slot.key())));
    }

    String expected() {
        String limit = bounds.max() == null ? type.limit() : "";
        return type.expected() + limit + (bounds.text().isEmpty() ? "" : ", " + bounds.text());
    }

    /** The value of a text, or {@link Reading#BAD}. */
    Object parse(String text) {
        try {
            Object value = type.parser().parse(text);
            if (!bounds.contains(value)) {
                return Reading.BAD;
            }
            return secret ? new Hidden<>(value) : value;
        } catch (Exception e) {
            return Reading
                    .BAD; // Why does not matter: the problem says what would have been right, and the cause may quote a
            // secret.
        }
    }
}
