package dev.chassis.bench.redis;

import java.util.function.Supplier;

/** Measures one GET in microseconds, as the mean of a round. */
record Round(int operations) {
    private static final int CLOSED_LOOP_FACTOR = 20;

    /** Operations few and slow enough that a fresh connection is affordable. */
    double each(Supplier<String> operation) {
        return run(operation, operations);
    }

    /** Operations enough for a difference of percents to show. */
    double closedLoop(Supplier<String> operation) {
        return run(operation, operations * CLOSED_LOOP_FACTOR);
    }

    void warmUp(Subjects subjects) {
        closedLoop(subjects.pool());
        closedLoop(subjects.bare());
        closedLoop(subjects.poolTls());
        each(subjects::fresh);
        each(subjects::freshTls);
    }

    private static double run(Supplier<String> operation, int count) {
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (!"value".equals(operation.get())) {
                throw new IllegalStateException("a GET gave something else");
            }
        }
        return (System.nanoTime() - begun) / 1_000.0 / count;
    }
}
