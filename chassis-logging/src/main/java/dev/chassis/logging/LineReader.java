package dev.chassis.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.chassis.context.Correlation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** Takes the snapshot of an event, on the thread that logs it. */
final class LineReader {

    private static final long MILLIS_PER_SECOND = 1_000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private LineReader() {}

    static Line read(ILoggingEvent event, CommonFields common) {
        Map<String, String> mdc = event.getMDCPropertyMap();
        long millis = event.getTimeStamp();
        return new Line(
                Math.floorDiv(millis, MILLIS_PER_SECOND),
                nanosOfSecond(event, millis),
                Severity.of(event.getLevel()),
                event.getLoggerName(),
                event.getThreadName(),
                String.valueOf(event.getFormattedMessage()),
                mdc.get(Correlation.ID_KEY),
                mdc.get(Correlation.TRACE_ID_KEY),
                mdc.get(Correlation.SPAN_ID_KEY),
                common,
                fields(mdc, event.getKeyValuePairs(), common),
                event.getThrowableProxy(),
                isAudit(event.getMarkerList()));
    }

    private static boolean isAudit(@Nullable List<Marker> markers) {
        return markers != null && markers.contains(AuditLog.MARKER);
    }

    /** Logback's own events know the nanoseconds; others say -1. */
    private static int nanosOfSecond(ILoggingEvent event, long millis) {
        int nanos = event.getNanoseconds();
        return nanos >= 0 ? nanos : (int) Math.floorMod(millis, MILLIS_PER_SECOND) * NANOS_PER_MILLI;
    }

    private static Fields fields(
            Map<String, String> mdc, @Nullable List<KeyValuePair> maybePairs, CommonFields common) {
        List<KeyValuePair> pairs = maybePairs == null ? List.of() : maybePairs;
        int capacity = mdc.size() + pairs.size();
        if (capacity == 0) {
            return Fields.NONE;
        }
        Fields fields = Fields.builder(capacity);
        mdc.forEach((name, value) -> {
            if (!isCorrelation(name)) {
                fields.add(name, value, common);
            }
        });
        for (int i = 0; i < pairs.size(); i++) {
            KeyValuePair pair = pairs.get(i);
            fields.add(String.valueOf(pair.key), pair.value, common);
        }
        return fields;
    }

    private static boolean isCorrelation(String name) {
        return name.equals(Correlation.ID_KEY)
                || name.equals(Correlation.TRACE_ID_KEY)
                || name.equals(Correlation.SPAN_ID_KEY);
    }
}
