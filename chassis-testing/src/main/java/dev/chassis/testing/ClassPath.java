package dev.chassis.testing;

/** What is on the class path of the tests. Stateless. */
final class ClassPath {

    private ClassPath() {}

    /** Checks that a class of an optional library is there. */
    static void require(String className, String artifact) throws Unavailable {
        try {
            Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new Unavailable(artifact + " is not on the class path", e);
        }
    }
}
