package dev.chassis.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A value that need not be there. */
record OptionalShape(Class<?> type, Shape content) implements Shape {

    @Override
    public Object read(Reading reading, Slot slot) {
        Object value = content.read(reading, slot.optional());
        if (value == Reading.BAD) {
            return value;
        }
        return value == Reading.ABSENT ? empty() : of(value);
    }

    @Override
    public void describe(Slot slot, List<KeySpec> keys) {
        content.describe(slot.optional(), keys);
    }

    private Object empty() {
        if (type == OptionalInt.class) {
            return OptionalInt.empty();
        }
        if (type == OptionalLong.class) {
            return OptionalLong.empty();
        }
        return type == OptionalDouble.class ? OptionalDouble.empty() : Optional.empty();
    }

    private Object of(Object value) {
        if (type == OptionalInt.class) {
            return OptionalInt.of((Integer) value);
        }
        if (type == OptionalLong.class) {
            return OptionalLong.of((Long) value);
        }
        return type == OptionalDouble.class ? OptionalDouble.of((Double) value) : Optional.of(value);
    }
}
