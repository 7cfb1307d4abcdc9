package dev.chassis.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long answers took, to a microsecond. A request without a 200 ends the measurement. */
final class Latencies implements Recorder {
    private final int limitMicros;
    private final int[] countByMicros;
    private long count;

    /** Tells times up to that limit apart. */
    Latencies(Duration limit) {
        this.limitMicros = Math.toIntExact(TimeUnit.NANOSECONDS.toMicros(limit.toNanos()));
        this.countByMicros = new int[limitMicros + 1];
    }

    @Override
    public void answered(int status, long nanos) {
        if (status != 200) {
            throw new IllegalStateException("the server answered " + status + " under load");
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        countByMicros[(int) Math.min(micros, limitMicros)]++;
        count++;
    }

    @Override
    public void broken(IOException cause) {
        throw new UncheckedIOException("a request failed under load", cause);
    }

    long count() {
        return count;
    }

    /** The least number of microseconds within which that share of the answers came; the limit stands for more, and for no answer at all. */
    int percentileMicros(double share) {
        if (count == 0) {
            return limitMicros;
        }
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int micros = 0; micros < countByMicros.length; micros++) {
            seen += countByMicros[micros];
            if (seen >= rank) {
                return micros;
            }
        }
        return limitMicros;
    }

    void clear() {
        Arrays.fill(countByMicros, 0);
        count = 0;
    }
}
