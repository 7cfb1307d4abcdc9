package dev.chassis.context;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids that tie everything done for one request together, and the way they travel.
 *
 * <pre>{@code
 * try (Correlation.Scope scope = correlation.open()) {
 *     handler.handle(request);      // every line logged here carries the ids
 * }
 * executor.execute(Correlation.wrap(task));   // and so does every line of the task
 * }</pre>
 *
 * <p>Immutable. The current correlation belongs to a thread; {@code wrap} captures it where it is called and restores it around the task.
 *
 * @param id the correlation id: {@code [A-Za-z0-9._-]{1,64}}
 * @param traceId the W3C trace id, 32 lower-case hex digits (W3C Trace Context, section 3.2.2.3)
 */
public record Correlation(String id, String traceId) {

    /** The MDC key of {@link #id()}. */
    public static final String ID_KEY = "correlation_id";

    /** The MDC key of {@link #traceId()}. */
    public static final String TRACE_ID_KEY = "trace_id";

    private static final ThreadLocal<@Nullable Correlation> CURRENT = new ThreadLocal<>();

    /** The correlation of the running work, or null outside of any. */
    public static @Nullable Correlation current() {
        return CURRENT.get();
    }

    /** A correlation of its own, for work that nobody asked for from outside. */
    public static Correlation mint() {
        return CorrelationHeaders.mint();
    }

    /** Makes this the current correlation of the calling thread until the scope is closed, on the same thread. */
    public Scope open() {
        Correlation previous = CURRENT.get();
        set(this);
        return () -> set(previous);
    }

    /** The task, run under the correlation that is current now; the task itself when there is none. */
    public static Runnable wrap(Runnable task) {
        Correlation captured = CURRENT.get();
        return captured == null
                ? task
                : () -> {
                    try (Scope scope = captured.open()) {
                        task.run();
                    }
                };
    }

    /** The task, called under the correlation that is current now; the task itself when there is none. */
    public static <T> Callable<T> wrap(Callable<T> task) {
        Correlation captured = CURRENT.get();
        return captured == null
                ? task
                : () -> {
                    try (Scope scope = captured.open()) {
                        return task.call();
                    }
                };
    }

    /** An executor whose tasks run under the correlation that was current when they were handed over. */
    public static Executor wrap(Executor executor) {
        return task -> executor.execute(wrap(task));
    }

    private static void set(@Nullable Correlation correlation) {
        CURRENT.set(
                correlation); // null rather than removed: pooled threads would make the entry anew for every request
        if (correlation == null) {
            MDC.remove(ID_KEY);
            MDC.remove(TRACE_ID_KEY);
        } else {
            MDC.put(ID_KEY, correlation.id);
            MDC.put(TRACE_ID_KEY, correlation.traceId);
        }
    }

    /** Restores what was current before; closed by the thread that opened it. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
