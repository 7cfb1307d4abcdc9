package dev.chassis.logging;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long a line may be, by who carries it away. Longer ones arrive in pieces, and half of an object is no JSON. */
final class LineBudget {

    /** The FireLens driver cuts at 16 KiB (<a href="https://github.com/aws/containers-roadmap/issues/1550">containers-roadmap 1550</a>). */
    static final int SMALLEST = 16_000;

    /** The awslogs driver cuts at 262,118 bytes (<a href="https://github.com/aws/shim-loggers-for-containerd/pull/239">shim-loggers 239</a>). */
    private static final int AWSLOGS = 250_000;

    private LineBudget() {}

    /** The most bytes of a line; the smallest budget there is while the driver is not known. */
    static int of(@Nullable String logDriver) {
        return logDriver != null && logDriver.toLowerCase(Locale.ROOT).equals("awslogs") ? AWSLOGS : SMALLEST;
    }
}
