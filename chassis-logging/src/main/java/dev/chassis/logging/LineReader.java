package dev.chassis.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
                event.getLevel().toString(),
                event.getLoggerName(),
                event.getThreadName(),
                String.valueOf(event.getFormattedMessage()),
                mdc.get(Schema.CORRELATION_ID),
                mdc.get(Schema.TRACE_ID),
                common,
                extras(mdc, event.getKeyValuePairs(), common),
                event.getThrowableProxy());
    }

    /** Logback's own events know the nanoseconds; others say -1. */
    private static int nanosOfSecond(ILoggingEvent event, long millis) {
        int nanos = event.getNanoseconds();
        return nanos >= 0 ? nanos : (int) Math.floorMod(millis, MILLIS_PER_SECOND) * NANOS_PER_MILLI;
    }

    private static Map<String, @Nullable Object> extras(
            Map<String, String> mdc, @Nullable List<KeyValuePair> maybePairs, CommonFields common) {
        List<KeyValuePair> pairs = maybePairs == null ? List.of() : maybePairs;
        if (pairs.isEmpty() && onlyCorrelation(mdc)) {
            return Map.of();
        }
        Map<String, @Nullable Object> extras = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : mdc.entrySet()) {
            if (!isCorrelation(entry.getKey())) {
                extras.put(freeName(entry.getKey(), extras, common), entry.getValue());
            }
        }
        for (KeyValuePair pair : pairs) {
            extras.put(freeName(String.valueOf(pair.key), extras, common), PlainValue.of(pair.value));
        }
        return extras;
    }

    private static boolean onlyCorrelation(Map<String, String> mdc) {
        int ours = (mdc.containsKey(Schema.CORRELATION_ID) ? 1 : 0) + (mdc.containsKey(Schema.TRACE_ID) ? 1 : 0);
        return mdc.size() == ours;
    }

    private static boolean isCorrelation(String name) {
        return name.equals(Schema.CORRELATION_ID) || name.equals(Schema.TRACE_ID);
    }

    /** The name, or {@code name_2}, {@code name_3}: two fields of one name make a line that parsers refuse or halve. */
    private static String freeName(String name, Map<String, @Nullable Object> taken, CommonFields common) {
        String clean = Unicode.name(name);
        String free = clean;
        for (int n = 2; Schema.RESERVED.contains(free) || common.contains(free) || taken.containsKey(free); n++) {
            free = clean + "_" + n;
        }
        return free;
    }
}
