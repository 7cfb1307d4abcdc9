package dev.chassis.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a mapping interface, behind a proxy. */
record Group(Class<?> type, String description, List<Member> members) implements Shape {

    private static final List<String> ANYTHING = List.of("");

    @Override
    public Object read(Reading reading, Slot slot) {
        if (!slot.required() && !isSet(reading.values(), slot.key())) {
            return Reading.ABSENT;
        }
        int firstEntry = reading.entries().size();
        Map<String, Object> values = new HashMap<>();
        for (Member member : members) {
            values.put(member.method(), member.shape().read(reading, member.slot(slot.key())));
        }
        List<Configuration.Entry> entries =
                reading.entries().subList(firstEntry, reading.entries().size());
        return MappingProxy.of(type, Map.copyOf(values), List.copyOf(entries), reading.findings());
    }

    @Override
    public void describe(Slot slot, List<KeySpec> keys) {
        for (Member member : members) {
            Slot inner = member.slot(slot.key());
            member.shape().describe(slot.required() ? inner : inner.optional(), keys);
        }
    }

    private boolean isSet(Values values, String key) {
        for (String pattern : keys(key)) {
            int star = pattern.indexOf(".*");
            boolean set = star < 0
                    ? values.find(pattern) != null
                    : !Names.under(values.layers(), pattern.substring(0, star), ANYTHING)
                            .isEmpty();
            if (set) {
                return true;
            }
        }
        return false;
    }

    /**
     * A method of the interface.
     *
     * @param name its part of the key; empty for the members of a parent
     */
    record Member(
            String method,
            String name,
            Shape shape,
            @Nullable String fallback,
            String description) {

        Slot slot(String parent) {
            return new Slot(Keys.join(parent, name), fallback, description, true, "");
        }
    }
}
