package dev.chassis.bench;

import java.util.Locale;

/**
 * What the command line asks for.
 *
 * @param bench which benchmark to run
 * @param quick fewer and shorter rounds
 * @param candidate the server in the place of the chassis; another one measures the noise, or serves as a control
 */
record Options(Bench bench, boolean quick, String candidate) {
    private static final String CANDIDATE = "--candidate=";

    enum Bench {
        HTTP,
        STARTUP,
        DRAIN,
        WEBSOCKET,
        IMAGE
    }

    /** Reads {@code <directory> <bench> [--quick] [--candidate=<name>]}; the directory is left to the caller. */
    static Options parse(String[] args) {
        Bench bench = Bench.valueOf(args[1].toUpperCase(Locale.ROOT));
        boolean quick = false;
        String candidate = "chassis";
        for (int i = 2; i < args.length; i++) {
            if (args[i].equals("--quick")) {
                quick = true;
            } else if (args[i].startsWith(CANDIDATE)) {
                candidate = args[i].substring(CANDIDATE.length());
            } else {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        return new Options(bench, quick, candidate);
    }

    /** The smaller number for {@code --quick}, else the full one. */
    int pick(int whenQuick, int whenFull) {
        return quick ? whenQuick : whenFull;
    }
}
