package dev.chassis.redis;

/** Whether Lettuce is there, which is optional. A class of its own, so that it can be loaded where Lettuce is not. */
final class LettuceLibrary {

    private LettuceLibrary() {}

    /**
     * Fails with advice where the library is missing.
     *
     * @throws IllegalStateException naming what to add
     */
    static void require() {
        try {
            Class.forName("io.lettuce.core.RedisClient", false, LettuceLibrary.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "Redis needs Lettuce on the class path (expected: the dependency io.lettuce:lettuce-core, without a version if"
                            + " dev.chassis:chassis-bom is imported)",
                    e);
        }
    }
}
