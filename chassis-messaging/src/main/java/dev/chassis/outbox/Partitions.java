package dev.chassis.outbox;

/**
 * Which partition a key belongs to. Fixed, the number as well as the hash ({@link String#hashCode}, which Java specifies): two tasks that
 * disagreed would publish one key side by side. Stateless.
 */
final class Partitions {

    /** How many there are, and so how many tasks can relay at once. As many rows are in {@code chassis_outbox_partition}. */
    static final int COUNT = 16;

    private Partitions() {}

    static int of(String key) {
        int hash = key.hashCode();
        return Math.floorMod(
                hash ^ hash >>> 16, COUNT); // the upper half too: short keys differ little in the lower bits
    }
}
