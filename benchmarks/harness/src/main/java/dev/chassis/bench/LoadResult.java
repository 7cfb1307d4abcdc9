package dev.chassis.bench;

/**
 * What the load client measured.
 *
 * @param requestsPerSecond answers per second over all connections
 * @param p50Micros half of the answers of the median window came within this time
 * @param p99Micros 99 of 100 answers of the median window came within this time
 */
record LoadResult(double requestsPerSecond, double p50Micros, double p99Micros) {
    /** Reads back {@link #toLine()}. */
    static LoadResult parse(String line) {
        String[] words = line.split(" ");
        return new LoadResult(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }

    String toLine() {
        return requestsPerSecond + " " + p50Micros + " " + p99Micros;
    }
}
