package dev.chassis.hazelcast;

/** Whether Hazelcast is on the class path. Stateless. */
final class Library {

    private Library() {}

    /**
     * Says what to add where it is missing.
     *
     * @throws IllegalStateException if it is missing
     */
    static void require() {
        try {
            Class.forName("com.hazelcast.core.HazelcastInstance", false, Library.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "HazelcastPool needs the Maven artifact com.hazelcast:hazelcast, which is not on the class path; add it to the"
                            + " dependencies (dev.chassis:chassis-bom has the version)",
                    e);
        }
    }
}
