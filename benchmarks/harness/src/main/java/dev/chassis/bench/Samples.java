package dev.chassis.bench;

import java.util.ArrayList;
import java.util.List;

/** One figure, measured round by round. */
public final class Samples {
    private final List<Double> values = new ArrayList<>();

    /** Adds what one round gave. */
    public void add(double value) {
        values.add(value);
    }

    /** How many rounds there were. */
    public int count() {
        return values.size();
    }

    /** The median of the rounds. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The least. */
    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** The greatest. */
    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /**
     * The median of the ratios round by round: what slows a whole round down, as a neighbour on the same machine does, is in both.
     *
     * @throws IllegalArgumentException if the other has another number of rounds
     */
    public double pairedWith(Samples other) {
        if (other.count() != count()) {
            throw new IllegalArgumentException("rounds: " + other.count() + " (expected: " + count() + ")");
        }
        Samples ratios = new Samples();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return ratios.median();
    }

    /** Median over median. */
    public double ratioTo(Samples other) {
        return median() / other.median();
    }
}
