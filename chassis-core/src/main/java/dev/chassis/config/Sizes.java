package dev.chassis.config;

/** Reads sizes: a number of bytes, plain or in binary units (IEC 80000-13). */
final class Sizes {

    private Sizes() {}

    /**
     * Reads a size into bytes.
     *
     * @throws RuntimeException if it is none, or more than a long holds
     */
    static long parse(String text) {
        String compact = text.strip();
        int shift = shift(compact);
        long number = Long.parseLong(shift == 0 ? compact : compact.substring(0, compact.length() - "KiB".length()));
        return Math.multiplyExact(number, 1L << shift);
    }

    private static int shift(String text) {
        if (text.endsWith("KiB")) {
            return 10;
        }
        if (text.endsWith("MiB")) {
            return 20;
        }
        return text.endsWith("GiB") ? 30 : 0;
    }
}
