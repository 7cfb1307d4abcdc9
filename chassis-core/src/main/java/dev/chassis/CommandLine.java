package dev.chassis;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stood behind the program's name.
 *
 * @param mode what to do
 * @param overrides the {@code --key=value} arguments, above every other layer of configuration
 */
record CommandLine(Mode mode, Map<String, String> overrides) {

    static final String USAGE = """
            usage: [--check-config | --print-config | --train | --version | --help] [--key=value ...]
              --check-config   read and check the configuration, print every problem, start nothing
              --print-config   print the effective configuration with the origin of each value, secrets masked
              --train          start, ask itself and end, for a JVM that records what is used; connects to nothing
              --version        print name and version
              --key=value      set a configuration key, above every other source
            """;

    /** What to do. */
    enum Mode {
        RUN,
        CHECK_CONFIG,
        PRINT_CONFIG,
        TRAIN,
        VERSION,
        HELP
    }

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException naming the argument nobody knows
     */
    static CommandLine parse(String[] args) {
        Mode mode = Mode.RUN;
        Map<String, String> overrides = new LinkedHashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (arg.startsWith("--") && equals > 2) {
                overrides.put(arg.substring(2, equals), arg.substring(equals + 1));
            } else {
                mode = mode(arg);
            }
        }
        return new CommandLine(mode, overrides);
    }

    private static Mode mode(String arg) {
        return switch (arg) {
            case "--check-config" -> Mode.CHECK_CONFIG;
            case "--print-config" -> Mode.PRINT_CONFIG;
            case "--train" -> Mode.TRAIN;
            case "--version" -> Mode.VERSION;
            case "--help" -> Mode.HELP;
            default -> throw new IllegalArgumentException("argument: " + arg + " (expected: one of those below)");
        };
    }
}
