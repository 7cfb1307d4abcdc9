package dev.chassis.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Groups with indexes: {@code nodes[0].host}, {@code nodes[1].host}. */
record GroupListShape(Group element) implements Shape {

    @Override
    public Object read(Reading reading, Slot slot) {
        Set<String> indexes = Names.under(reading.values().layers(), slot.key(), element.keys(""));
        List<Object> groups = new ArrayList<>();
        for (int i = 0; i < indexes.size(); i++) {
            if (!indexes.contains(Integer.toString(i))) {
                return reading.bad(new Problem(slot.key(), "", "", "indexes without a gap, [" + i + "] is missing"));
            }
            groups.add(element.read(reading, slot.element(Integer.toString(i))));
        }
        return groups.isEmpty() && !slot.required() ? Reading.ABSENT : List.copyOf(groups);
    }

    @Override
    public void describe(Slot slot, List<KeySpec> keys) {
        element.describe(slot.element("*"), keys);
    }
}
