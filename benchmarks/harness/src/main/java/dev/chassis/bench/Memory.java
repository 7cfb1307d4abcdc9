package dev.chassis.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process holds in memory, asked from outside, so that every server is asked the same. */
final class Memory {
    private static final int COLLECTIONS = 3;

    private Memory() {}

    /** Bytes of the objects that are alive, after collections. */
    static long liveHeap(ServerProcess server) throws IOException {
        long bytes = 0;
        for (int i = 0; i < COLLECTIONS; i++) { // what finalizers and cleaners let go is gone after another
            bytes = histogramTotal(server.pid());
        }
        return bytes;
    }

    /** Bytes resident, as the kernel counts them; 0 where it does not say. */
    static long resident(ServerProcess server) throws IOException {
        Path status = Path.of("/proc", Long.toString(server.pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static long histogramTotal(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = Children.start(
                new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram").redirectErrorStream(true));
        try (BufferedReader output = process.inputReader()) {
            String total = output.lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("jcmd told nothing of process " + pid));
            return Long.parseLong(total.trim().split("\\s+")[2]);
        }
    }
}
