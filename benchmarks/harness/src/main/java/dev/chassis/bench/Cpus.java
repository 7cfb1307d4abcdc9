package dev.chassis.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Which processors a process may use, as the words to put before its command.
 *
 * @param server for the server under load
 * @param load for the client that loads it
 */
record Cpus(List<String> server, List<String> load) {
    /** Every process may use every processor. */
    static final Cpus SHARED = new Cpus(List.of(), List.of());

    private static final String TASKSET = "taskset";

    /** Server and client on halves of the machine of their own, where there are two processors and {@code taskset}. */
    static Cpus apart() {
        int count = Runtime.getRuntime().availableProcessors();
        if (count < 2 || !isInstalled(TASKSET)) {
            return SHARED;
        }
        return new Cpus(pinnedTo(0, count / 2 - 1), pinnedTo(count / 2, count - 1));
    }

    /** For the reader of a table. */
    String describe() {
        return equals(SHARED) ? "not pinned" : "server on cpu " + last(server) + ", load on cpu " + last(load);
    }

    private static String last(List<String> words) {
        return words.get(words.size() - 1);
    }

    private static List<String> pinnedTo(int first, int last) {
        return List.of(TASKSET, "-c", first == last ? Integer.toString(first) : first + "-" + last);
    }

    private static boolean isInstalled(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
