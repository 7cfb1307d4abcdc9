package dev.chassis.health;

/**
 * What a component or a check says of itself.
 *
 * @param status the verdict
 * @param detail one short line for a person, never a secret; empty when there is nothing to say
 */
public record Health(Status status, String detail) {

    /** The verdicts, from good to bad. */
    public enum Status {
        /** Works. */
        UP,
        /** Works with less than it should have; stays in the load balancer. */
        DEGRADED,
        /** Does not work. */
        DOWN
    }

    private static final Health UP = new Health(Status.UP, "");

    /** Works; nothing to say. */
    public static Health up() {
        return UP;
    }

    /** Works, with a line of detail. */
    public static Health up(String detail) {
        return new Health(Status.UP, detail);
    }

    /** Works with less than it should have. */
    public static Health degraded(String detail) {
        return new Health(Status.DEGRADED, detail);
    }

    /** Does not work, and why. */
    public static Health down(String detail) {
        return new Health(Status.DOWN, detail);
    }
}
