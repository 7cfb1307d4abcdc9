package dev.chassis.context;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Shows the current correlation in the MDC of its thread. Entries of the same names that others made come back when it goes. */
final class MdcView {

    private MdcView() {}

    /** Shows one correlation in place of another; returns the entries that its fields hide. */
    static Map<String, String> show(@Nullable Correlation previous, Correlation next) {
        ids(previous, next);
        if (next.fields().isEmpty()) {
            return Map.of();
        }
        Map<String, String> hidden = new HashMap<>();
        next.fields().forEach((name, value) -> {
            String before = MDC.get(name);
            if (before != null) {
                hidden.put(name, before);
            }
            MDC.put(name, value);
        });
        return hidden;
    }

    /** Takes one correlation away and shows the one before it, if there was one. */
    static void restore(Correlation shown, @Nullable Correlation previous, Map<String, String> hidden) {
        if (!shown.fields().isEmpty()) {
            shown.fields().keySet().forEach(MDC::remove);
            hidden.forEach(MDC::put);
        }
        ids(shown, previous);
    }

    private static void ids(@Nullable Correlation from, @Nullable Correlation to) {
        if (to == null) {
            MDC.remove(Correlation.ID_KEY);
            MDC.remove(Correlation.TRACE_ID_KEY);
        } else {
            MDC.put(Correlation.ID_KEY, to.id());
            MDC.put(Correlation.TRACE_ID_KEY, to.traceId());
        }
        String span = to == null ? null : to.spanId();
        if (span != null) {
            MDC.put(Correlation.SPAN_ID_KEY, span);
        } else if (from != null && from.spanId() != null) {
            MDC.remove(Correlation.SPAN_ID_KEY);
        }
    }
}
