package dev.chassis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The temporary directory of a server. */
record RedisFiles(Path directory) {

    static RedisFiles create() {
        try {
            return new RedisFiles(Files.createTempDirectory("chassis-redis"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that is free now, and far enough from the end that a cluster's second port fits (port + 10,000). */
    static int freePort() {
        try {
            for (int i = 0; i < 1_000; i++) {
                try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    if (socket.getLocalPort() <= 55_000) {
                        return socket.getLocalPort();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no free port up to 55000");
    }

    /** For us alone: it is there with TLS and without, and no test can be in its way. */
    Path socket() {
        return directory.resolve("s");
    }

    Path certificate() {
        return directory.resolve("ca.pem");
    }

    String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the configuration. */
    Path configure(int port, boolean tls, List<String> more) {
        List<String> lines = new ArrayList<>(List.of(
                "bind 127.0.0.1",
                "protected-mode yes",
                "save \"\"",
                "appendonly no",
                "dir " + directory,
                "unixsocket " + socket(),
                "logfile " + logFile()));
        lines.addAll(tls ? tls(port) : List.of("port " + port));
        lines.addAll(more);
        try {
            return Files.write(directory.resolve("redis.conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Gone already, or going: a temporary directory.
        }
    }

    private List<String> tls(int port) {
        RedisCertificates.create(directory, certificate());
        return List.of(
                "port 0",
                "tls-port " + port,
                "tls-cert-file " + directory.resolve("server.pem"),
                "tls-key-file " + directory.resolve("server.key"),
                "tls-ca-cert-file " + certificate(),
                "tls-auth-clients no");
    }

    private Path logFile() {
        return directory.resolve("log");
    }
}
