package dev.chassis.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long answers took, to a microsecond. A request without a 200 ends the measurement. */
final class Latencies implements Recorder {
    private static final int SECOND = 1_000_000;

    private final int limitMicros;
    private final int[] countByMicros;
    private long count;

    Latencies() {
        this(1);
    }

    Latencies(int limitSeconds) {
        this.limitMicros = limitSeconds * SECOND;
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

    /** The least number of microseconds within which that share of the answers came; the limit, a second unless told otherwise, stands for more. */
    int percentileMicros(double share) {
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
