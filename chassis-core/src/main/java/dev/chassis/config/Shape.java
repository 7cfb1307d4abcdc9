package dev.chassis.config;

import java.util.ArrayList;
import java.util.List;

/** What the value of a mapping's method is made of: reads itself and lists its keys. Immutable. */
interface Shape {

    /** The value, or {@link Reading#BAD} if there is a problem (which has been reported), or {@link Reading#ABSENT} in a slot that may be. */
    Object read(Reading reading, Slot slot);

    /** Adds every key that may be set here. */
    void describe(Slot slot, List<KeySpec> keys);

    /** Every key that may be set below a key; a {@code *} in it stands for any name. */
    default List<String> keys(String key) {
        List<KeySpec> specs = new ArrayList<>();
        describe(new Slot(key, null, "", false, ""), specs);
        List<String> keys = new ArrayList<>(specs.size());
        for (KeySpec spec : specs) {
            keys.add(spec.key());
        }
        return keys;
    }
}
