package dev.chassis.bench.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process of its own, from its start to a pool that has answered. */
final class WarmStart {
    private static final String READY = "warm";

    private WarmStart() {}

    /** Starts a pool, says so, and ends. */
    static void run(String url) throws Exception {
        String answer =
                Subjects.pool("redis", Map.of("chassis.redis.url", url)).sync().ping();
        if (!"PONG".equals(answer)) {
            throw new IllegalStateException(answer);
        }
        System.out.println(READY);
        System.exit(0);
    }

    /** Milliseconds until the process says that it is warm. */
    static double measure(String url) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RedisBench.class.getName(),
                "warm",
                url);
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals(READY)) {
                    return (System.nanoTime() - begun) / 1_000_000.0;
                }
            }
        } finally {
            process.destroyForcibly();
        }
        throw new IOException("the process ended before it was warm");
    }
}
