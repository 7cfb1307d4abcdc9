package dev.chassis.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** Finds a {@code redis-server} to run. */
final class RedisProgram {

    private static final String NONE = "no redis-server to test with (expected: one on the PATH, or the dependency"
            + " com.github.codemonstur:embedded-redis)";

    private RedisProgram() {}

    /** Its path; where there is none, the test is skipped or fails. */
    static String find() {
        String found = installed().or(RedisProgram::embedded).orElse("");
        require(!found.isEmpty(), NONE);
        return found;
    }

    /** Skips the test, or fails it, where the program was built without TLS. */
    static void requireTls(String program) {
        require(hasTls(program), "the redis-server at " + program + " was built without TLS");
    }

    static void require(boolean available, String reason) {
        if (!available) {
            throw Require.missing(reason);
        }
    }

    private static Optional<String> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> new File(directory, "redis-server"))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst();
    }

    private static Optional<String> embedded() {
        try {
            return Optional.of(ExecutableProvider.newJarResourceProvider().get().getPath());
        } catch (IOException | RuntimeException | NoClassDefFoundError e) {
            return Optional.empty();
        }
    }

    /** A program without TLS does not know the directive. */
    private static boolean hasTls(String program) {
        try {
            Process asked = new ProcessBuilder(program, "--port", "0", "--tls-port", "0", "--daemonize", "maybe")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return !answer.contains("'tls-port") && !answer.contains("\"tls-port");
        } catch (IOException e) {
            return false;
        }
    }
}
