package dev.chassis.lifecycle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service did not start. What had started has been stopped again; failures of that and of other components are suppressed onto this. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a start ends. */
    public enum Reason {
        /** A component failed in a way that another attempt would not change. */
        FAILED,
        /** A component's passing failure lasted until its deadline. */
        DEPENDENCY_UNAVAILABLE,
        /** A component neither returned nor threw by its deadline. */
        TIMED_OUT,
        /** The service was asked to stop before it was ready. */
        CANCELLED
    }

    private final String component;
    private final Reason reason;

    StartException(String component, Reason reason, Duration elapsed, String detail, @Nullable Throwable cause) {
        super(message(component, reason, elapsed, detail), cause);
        this.component = component;
        this.reason = reason;
    }

    private static String message(String component, Reason reason, Duration elapsed, String detail) {
        String what = switch (reason) {
            case FAILED -> "failed to start";
            case DEPENDENCY_UNAVAILABLE -> "could not reach what it needs";
            case TIMED_OUT -> "did not start in time";
            case CANCELLED -> "was stopped while starting";
        };
        return "component " + component + " " + what + " after " + elapsed.toMillis() + " ms: " + detail;
    }

    /** The component it is about. */
    public String component() {
        return component;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
