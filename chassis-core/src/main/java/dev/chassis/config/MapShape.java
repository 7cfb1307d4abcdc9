package dev.chassis.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values or groups by names of the user's choice; in order of their names. */
record MapShape(Scalar name, Shape content) implements Shape {

    @Override
    public Object read(Reading reading, Slot slot) {
        Map<Object, Object> map = new LinkedHashMap<>();
        boolean bad = false;
        for (String text : Names.under(reading.values().layers(), slot.key(), content.keys(""))) {
            Slot element = slot.element(text);
            Object key = name.parse(text);
            if (key == Reading.BAD) {
                reading.bad(new Problem(element.key(), "", "its name", name.expected()));
            }
            Object value = content.read(reading, element);
            bad |= key == Reading.BAD || value == Reading.BAD;
            map.put(key, value);
        }
        if (bad) {
            return Reading.BAD;
        }
        return map.isEmpty() && !slot.required() ? Reading.ABSENT : Collections.unmodifiableMap(map);
    }

    @Override
    public void describe(Slot slot, List<KeySpec> keys) {
        content.describe(slot.element("*").optional(), keys);
    }
}
