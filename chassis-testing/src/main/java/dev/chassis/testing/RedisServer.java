package dev.chassis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Redis server of a test's own: a real process on a free port of the loopback interface, with its files in a temporary directory. It
 * ends with {@link #close}, and in any case with this JVM.
 *
 * <pre>{@code
 * try (RedisServer redis = RedisServer.with().password("secret").start()) {
 *     redis.command("SET", "greeting", "hello");
 *     redis.kill();
 *     redis.restart();                        // on the same port, empty
 * }
 * }</pre>
 *
 * <p>The program is the installed {@code redis-server}, else the one of the Maven artifact {@code
 * com.github.codemonstur:embedded-redis}. Where there is neither, the test is skipped and says so; it fails instead where
 * the environment says {@code CHASSIS_REQUIRE_SERVERS=true}. Nothing is written to disk by Redis: a restarted server is empty.
 *
 * <p>Thread-safe.
 */
public final class RedisServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final List<String> arguments;
    private final RedisFiles files;
    private final int port;
    private final boolean tls;
    private final String password;
    private volatile GuardedProcess process;

    private RedisServer(List<String> arguments, RedisFiles files, int port, boolean tls, String password) {
        this.arguments = arguments;
        this.files = files;
        this.port = port;
        this.tls = tls;
        this.password = password;
        this.process = launch();
    }

    /** A plain server: no password, no TLS, 16 databases. */
    public static RedisServer start() {
        return with().start();
    }

    /** A server with options. */
    public static Options with() {
        return new Options();
    }

    /**
     * A sentinel that watches a server under the name {@code mymaster} and takes it for dead after one second.
     *
     * @param quorum how many sentinels must agree
     */
    public static RedisServer sentinel(RedisServer master, int quorum) {
        return new Options()
                .lines(
                        "sentinel monitor mymaster 127.0.0.1 " + master.port() + " " + quorum,
                        "sentinel down-after-milliseconds mymaster 1000",
                        "sentinel failover-timeout mymaster 5000")
                .argument("--sentinel")
                .start();
    }

    /** {@code redis://127.0.0.1:port}, or {@code rediss://localhost:port} with TLS. */
    public String url() {
        return tls ? "rediss://localhost:" + port : "redis://127.0.0.1:" + port;
    }

    /** The port, the same after a restart. */
    public int port() {
        return port;
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /**
     * The certificate of the authority that signed the server's, in PEM.
     *
     * @throws IllegalStateException if it has no TLS
     */
    public Path certificateAuthority() {
        if (!tls) {
            throw new IllegalStateException("the server has no TLS (expected: RedisServer.with().tls())");
        }
        return files.certificate();
    }

    /**
     * Sends a command and returns the answer as text: a list has a line for each element, nil is empty.
     *
     * @throws IllegalStateException if the answer is an error; the message is the server's
     * @throws UncheckedIOException if it does not answer within 5 s
     */
    public String command(String... command) {
        try (RedisDialogue dialogue = RedisDialogue.open(files.socket())) {
            if (!password.isEmpty()) {
                dialogue.ask("AUTH", password);
            }
            return dialogue.ask(command);
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The value of a field of {@code INFO}; empty if there is none. */
    public String info(String field) {
        return command("INFO", "everything")
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Kills it without a word to anybody, as an out-of-memory killer would. Returns when the process is gone. */
    public void kill() {
        process.close();
    }

    /** Kills it if it still runs, and starts it again on the same port. Returns when it answers. */
    public void restart() {
        process.close();
        process = launch();
    }

    /** Stops the process where it is (SIGSTOP): connections stay open, and nothing answers. */
    public void pause() {
        process.signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        process.signal("CONT");
    }

    /** What it has logged since its last start. */
    public String log() {
        return files.log();
    }

    /** Kills it and removes its files. Idempotent. */
    @Override
    public void close() {
        process.close();
        files.delete();
    }

    private GuardedProcess launch() {
        GuardedProcess started = GuardedProcess.start(arguments, files.directory());
        started.awaitReady(this::answers, START_LIMIT, files::log);
        return started;
    }

    private boolean answers() {
        try {
            return command("PING").equals("PONG");
        } catch (UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }

    /** What a server is started with. Used by one thread. */
    public static final class Options {

        private final List<String> lines = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private String password = "";
        private boolean tls;

        private Options() {}

        /** The password of the default user. */
        public Options password(String secret) {
            password = secret;
            return lines("requirepass " + secret);
        }

        /** TLS instead of plain TCP, with a certificate for {@code localhost}. Skips the test where the program has none. */
        public Options tls() {
            tls = true;
            return this;
        }

        /** Follows another server. */
        public Options replicaOf(RedisServer master) {
            return lines("replicaof 127.0.0.1 " + master.port());
        }

        /** Lines as in {@code redis.conf}. */
        public Options lines(String... more) {
            lines.addAll(List.of(more));
            return this;
        }

        Options argument(String argument) {
            arguments.add(argument);
            return this;
        }

        /** Starts it. Returns when it answers. */
        public RedisServer start() {
            String program = RedisProgram.find();
            if (tls) {
                RedisProgram.requireTls(program);
            }
            RedisFiles files = RedisFiles.create();
            int port = RedisFiles.freePort();
            Path config = files.configure(port, tls, lines);
            List<String> command = new ArrayList<>(List.of(program, config.toString()));
            command.addAll(arguments);
            return new RedisServer(command, files, port, tls, password);
        }
    }
}
