package dev.chassis.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A MariaDB of a test's own: on the loopback address, a free port and an empty data directory, gone when it is closed or the JVM ends. It can
 * be killed and restarted on the same port and data.
 *
 * <pre>{@code
 * try (MariaDbServer server = MariaDbServer.settings().set("max-connections", "20").start()) {
 *     DriverManager.getConnection(server.url(), server.user(), server.password());
 * }
 * }</pre>
 *
 * <p>The programs must be installed: no Maven artifact has them for every machine. Where they are not, the test is skipped with the reason, or
 * fails if the environment variable {@code CHASSIS_REQUIRE_SERVERS} is {@code true}.
 *
 * <p>Used by one thread at a time.
 */
public final class MariaDbServer implements AutoCloseable {

    private static final String READY = "ready for connections";

    private final DatabaseProcess process;
    private final Path server;
    private final Settings settings;
    private final int port = DatabaseProcess.freePort();

    private MariaDbServer(DatabaseProcess process, Path server, Settings settings) {
        this.process = process;
        this.server = server;
        this.settings = settings;
    }

    /** A server with the defaults of MariaDB. Blocks until it accepts connections. */
    public static MariaDbServer start() {
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

    /** The JDBC URL of the database {@code test}, which is empty. */
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/test";
    }

    /** The superuser. */
    public String user() {
        return "root";
    }

    /** The superuser's password: empty. */
    public String password() {
        return "";
    }

    /** What it has logged so far, over all its starts. */
    public List<String> logLines() {
        return process.logLines();
    }

    /** Kills it with SIGKILL. On return the port is closed. */
    public void kill() {
        process.kill();
    }

    /** Ends it as an administrator would. On return the port is closed. */
    public void stop() {
        process.stop("TERM");
    }

    /** Starts it again on the same port and data. On return it accepts connections. */
    public void restart() {
        process.stop("TERM");
        launch();
    }

    /** Kills it and deletes its data. Idempotent. */
    @Override
    public void close() {
        process.remove();
    }

    private MariaDbServer create(Path install) {
        process.run(List.of(
                install.toString(),
                "--no-defaults",
                "--datadir=" + data(),
                temporaryFiles(),
                "--auth-root-authentication-method=normal",
                "--skip-name-resolve",
                "--innodb-log-file-size=8M"));
        launch();
        return this;
    }

    private void launch() {
        List<String> command = new ArrayList<>(List.of(
                server.toString(),
                "--no-defaults",
                "--datadir=" + data(),
                temporaryFiles(),
                "--socket=" + process.home().resolve("socket"),
                "--pid-file=" + process.home().resolve("pid"),
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--innodb-log-file-size=8M",
                "--innodb-buffer-pool-size=32M",
                "--port=" + port));
        settings.values.forEach((name, value) -> command.add("--" + name + "=" + value));
        process.start(command, READY);
    }

    private Path data() {
        return process.home().resolve("data");
    }

    /** Its own, because a server that starts deletes what others, as it thinks, have left where it keeps such files. */
    private String temporaryFiles() {
        return "--tmpdir=" + process.home();
    }

    /** What a server is to be like. Used by one thread. */
    public static final class Settings {

        private final Map<String, String> values = new LinkedHashMap<>();

        private Settings() {}

        /** Sets an option of the server, without its hyphens: {@code max-connections}. */
        public Settings set(String name, String value) {
            values.put(name, value);
            return this;
        }

        /** Starts it and blocks until it accepts connections. */
        public MariaDbServer start() {
            Path server = program("mariadbd");
            Path install = program("mariadb-install-db");
            DatabaseProcess process = new DatabaseProcess("mariadb", "mysql");
            try {
                return new MariaDbServer(process, server, this).create(install);
            } catch (RuntimeException e) {
                process.remove();
                throw e;
            }
        }

        private static Path program(String name) {
            Optional<Path> found = DatabaseProcess.installed(
                    DatabaseProcess.places(name, Stream.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"))));
            return found.orElseThrow(() -> DatabaseProcess.missing("no MariaDB: " + name + " is not installed"));
        }
    }
}
