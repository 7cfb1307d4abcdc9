package dev.chassis.hazelcast;

/** Hazelcast as a library: whether it is there, and where it logs. Stateless. */
final class Library {

    private static final String LOGGING = "hazelcast.logging.type";

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

    /**
     * Lets what belongs to no instance (its discovery on AWS, its warning about modules) log like the rest. A system property is the only
     * way; one that is set stays.
     */
    static void logLikeTheRest() {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "slf4j");
        }
    }
}
