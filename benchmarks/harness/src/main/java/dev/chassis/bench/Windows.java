package dev.chassis.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Latencies of short windows, one after the other, of which the median window counts: a machine that is shared stands still for some
 * milliseconds a few times a second, and that alone is 1 % of all answers. What it does to a server in fewer than half of the windows is not seen.
 */
final class Windows implements Recorder {
    static final Duration LENGTH = Duration.ofMillis(50);

    private static final Duration LIMIT = Duration.ofMillis(100);

    private final List<Latencies> windows;
    private Latencies current = new Latencies(LIMIT); // before the first window: does not count
    private int begun;

    /** As many whole windows as that time has. */
    Windows(Duration duration) {
        long count = duration.dividedBy(LENGTH);
        if (count < 1) {
            throw new IllegalArgumentException("duration: " + duration + " (expected: at least " + LENGTH + ")");
        }
        windows = Stream.generate(() -> new Latencies(LIMIT)).limit(count).toList();
    }

    /** Begins the next window; false if the last one is over. */
    boolean next() {
        if (begun == windows.size()) {
            return false;
        }
        current = windows.get(begun++);
        return true;
    }

    @Override
    public void answered(int status, long nanos) {
        current.answered(status, nanos);
    }

    @Override
    public void broken(IOException cause) {
        current.broken(cause);
    }

    /** What all windows gave in that time. */
    LoadResult result(double seconds) {
        long count = windows.stream().mapToLong(Latencies::count).sum();
        return new LoadResult(
                count / seconds,
                median(window -> window.percentileMicros(0.50)),
                median(window -> window.percentileMicros(0.99)));
    }

    private double median(ToDoubleFunction<Latencies> figure) {
        Samples samples = new Samples();
        windows.forEach(window -> samples.add(figure.applyAsDouble(window)));
        return samples.median();
    }
}
