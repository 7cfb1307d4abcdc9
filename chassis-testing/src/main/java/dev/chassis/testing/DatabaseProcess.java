package dev.chassis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The process of a database server and its directory, which go when the JVM goes. Servers that refuse to run as root run as a user that owns
 * nothing else. Used by one thread at a time.
 */
final class DatabaseProcess {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> USERS = List.of("postgres", "mysql", "nobody");

    private final Path home;
    private final Optional<String> user;
    private @Nullable Process process;
    private int startedAtLine;

    /** A directory for a server that has not been started; {@code preferredUser} owns it if we are root. */
    DatabaseProcess(String kind, String preferredUser) {
        try {
            this.home = Files.createTempDirectory("chassis-" + kind + "-");
            this.user = isRoot() ? Optional.of(existingUser(preferredUser)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        own(home);
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove, "remove-" + home.getFileName()));
    }

    /** Where it keeps its files. */
    Path home() {
        return home;
    }

    /** Runs a command to its end; fails with its output if that is not 0. */
    String run(List<String> command) {
        try {
            Process running = builder(command).start();
            String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Starts the server and waits until its log says so. */
    void start(List<String> command, String readyText) {
        startedAtLine = logLines().size();
        try {
            process = builder(command)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitLine(readyText);
    }

    /** Waits until a line that was logged since the last start contains a text. */
    void awaitLine(String text) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (logLines().stream().skip(startedAtLine).noneMatch(line -> line.contains(text))) {
            if (!isRunning() || System.nanoTime() > end) {
                throw new IllegalStateException("no \"" + text + "\" from the server; its log: " + logLines());
            }
            pause();
        }
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Ends it by a signal it understands and waits for its end. */
    void stop(String signal) {
        Process running = process;
        if (running != null && running.isAlive()) {
            signal(running.pid(), signal);
            awaitEnd(running);
        }
    }

    /** Ends it and its children by SIGKILL and waits until all are gone. */
    void kill() {
        Process running = process;
        if (running != null) {
            signal(running.pid(), "STOP"); // so that it has no more children while they are counted
            List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle()))
                    .toList();
            all.forEach(handle -> signal(handle.pid(), "KILL"));
            all.forEach(handle -> handle.onExit().join());
        }
    }

    /** Stops the process from doing anything, or lets it go on: {@code STOP}, {@code CONT}. */
    void freeze(String signal) {
        Process running = process;
        if (running != null) {
            Stream.concat(running.descendants(), Stream.of(running.toHandle()))
                    .forEach(handle -> signal(handle.pid(), signal));
        }
    }

    /** What it has logged so far, over all its starts. */
    List<String> logLines() {
        try {
            return Files.exists(log())
                    ? Files.readString(log(), StandardCharsets.ISO_8859_1)
                            .lines()
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills what runs and deletes its files. Idempotent. */
    void remove() {
        kill();
        try (Stream<Path> files = Files.exists(home) ? Files.walk(home) : Stream.empty()) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                if (!file.delete()) {
                    file.deleteOnExit();
                }
            });
        } catch (IOException | UncheckedIOException e) {
            System.err.println("could not delete " + home + ": " + e);
        }
    }

    /** Makes the user of the server the owner of a file or directory. */
    void own(Path path) {
        user.ifPresent(name -> {
            try {
                var lookup = path.getFileSystem().getUserPrincipalLookupService();
                Files.setOwner(path, lookup.lookupPrincipalByName(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A port that is free on the loopback address. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of these programs that is installed: names are looked for on the PATH, absolute paths as they are. */
    static Optional<Path> installed(Stream<Path> candidates) {
        return candidates.filter(Files::isExecutable).findFirst();
    }

    /** Where a program may be: on the PATH, then in these directories. */
    static Stream<Path> places(String program, Stream<Path> directories) {
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of);
        return Stream.concat(onPath, directories).map(directory -> directory.resolve(program));
    }

    /** Skips the test, loudly; fails it where servers are required. To be thrown. */
    static RuntimeException missing(String what) {
        RuntimeException skipped = Require.missing(what);
        System.err.println("*** SKIPPED: " + what);
        return skipped;
    }

    private ProcessBuilder builder(List<String> command) {
        List<String> whole = new ArrayList<>();
        user.ifPresent(name ->
                whole.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + group(name), "--clear-groups", "--")));
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).directory(home.toFile());
        builder.environment().put("LC_ALL", "C"); // the tests read the log
        builder.environment().put("HOME", home.toString());
        return builder;
    }

    private Path log() {
        return home.resolve("server.log");
    }

    private static void awaitEnd(Process running) {
        try {
            if (!running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not end");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void signal(long pid, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String existingUser(String preferred) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/etc/passwd"));
        return Stream.concat(Stream.of(preferred), USERS.stream())
                .filter(name -> lines.stream().anyMatch(line -> line.startsWith(name + ":")))
                .findFirst()
                .orElse("nobody");
    }

    private static String group(String user) {
        return user.equals("nobody") ? "65534" : user;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a server was handled", e);
    }
}
