package dev.chassis.context;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

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
 * The MDC is a view of it, written when a scope begins and ends: what somebody else puts into the MDC stays on its thread.
 *
 * @param id the correlation id: {@code [A-Za-z0-9._-]{1,64}}
 * @param traceId the W3C trace id, 32 lower-case hex digits (W3C Trace Context, section 3.2.2.3)
 * @param spanId the W3C id of this process' part of the trace, 16 lower-case hex digits; null where there is none
 * @param sampled whether the caller has recorded its span, and wants others to
 * @param xrayRoot what {@code X-Amzn-Trace-Id} called the root, {@code 1-<8 hex>-<24 hex>}; null when there was none
 * @param fields what else every line is to carry, by name
 */
public record Correlation(
        String id,
        String traceId,
        @Nullable String spanId,
        boolean sampled,
        @Nullable String xrayRoot,
        Map<String, String> fields) {

    /** The MDC key of {@link #id()}. */
    public static final String ID_KEY = "correlation_id";

    /** The MDC key of {@link #traceId()}. */
    public static final String TRACE_ID_KEY = "trace_id";

    /** The MDC key of {@link #spanId()}. */
    public static final String SPAN_ID_KEY = "span_id";

    private static final ThreadLocal<@Nullable Correlation> CURRENT = new ThreadLocal<>();

    /** Takes a copy of the fields. */
    public Correlation {
        fields = Map.copyOf(fields);
    }

    /** One without a span, a root or fields. */
    public Correlation(String id, String traceId) {
        this(id, traceId, null, false, null, Map.of());
    }

    /** The correlation of the running work, or null outside of any. */
    public static @Nullable Correlation current() {
        return CURRENT.get();
    }

    /** A correlation of its own, for work that nobody asked for from outside. */
    public static Correlation mint() {
        return CorrelationHeaders.mint();
    }

    /** The same with one more field on every line, in place of an earlier one of that name. */
    public Correlation with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Correlation(id, traceId, spanId, sampled, xrayRoot, more);
    }

    /** The header {@code traceparent} of a call made now (W3C Trace Context, section 3.2), with the parent-id {@link #spanId()}. */
    public String traceparent() {
        return CorrelationHeaders.traceparent(this);
    }

    /** Makes this the current correlation of the calling thread until the scope is closed, on the same thread. */
    public Scope open() {
        Correlation previous = CURRENT.get();
        set(this);
        Map<String, String> hidden = MdcView.show(previous, this);
        return () -> {
            set(previous);
            MdcView.restore(this, previous, hidden);
        };
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
        return task -> executor.execute(CorrelatedExecutor.guarded(task));
    }

    /**
     * An executor whose tasks run under the correlation that was current when they were handed over. What a task of {@code execute} throws
     * goes to the thread's handler of uncaught exceptions while the correlation is still current, so that the line about it has it, too.
     */
    public static ExecutorService wrap(ExecutorService executor) {
        return new CorrelatedExecutor(executor);
    }

    /**
     * As {@link #wrap(ExecutorService)}. A periodic task that belongs to nobody gets a correlation of its own for every run; when it throws,
     * which ends it, that is logged.
     */
    public static ScheduledExecutorService wrap(ScheduledExecutorService executor) {
        return new CorrelatedScheduler(executor);
    }

    /** A factory whose threads run under the correlation that was current when they were made. */
    public static ThreadFactory threads(ThreadFactory factory) {
        return task -> factory.newThread(CorrelatedExecutor.guarded(task));
    }

    /**
     * A future that completes as the stage does, and whose dependents run under the correlation that is current now, whoever completes it
     * on whatever thread; also those of their dependents, and those that are asynchronous.
     */
    public static <T> CompletableFuture<T> wrap(CompletionStage<T> stage) {
        return CorrelatedFuture.of(stage, CURRENT.get());
    }

    /** Null rather than removed: pooled threads would make the entry anew for every request. */
    private static void set(@Nullable Correlation correlation) {
        CURRENT.set(correlation);
    }

    /** Restores what was current before; closed by the thread that opened it. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
