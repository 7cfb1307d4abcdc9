package dev.chassis.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A RabbitMQ of a test's own: a real broker process on a free port of the loopback interface, with its files in a temporary directory. It
 * takes about five seconds to start, so a test class shares one. It is gone when it is closed, and in any case with this JVM.
 *
 * <pre>{@code
 * try (RabbitServer broker = RabbitServer.start()) {
 *     factory.setUri(broker.uri());
 *     broker.kill();
 *     broker.restart();                        // on the same port, with what was durable
 *     broker.closeAllConnections("upgrade");
 *     broker.memoryAlarm(true);                // publishers are blocked
 * }
 * }</pre>
 *
 * <p>The program is the installed {@code rabbitmq-server}, whatever its version. Where there is none, the test is skipped with the reason,
 * or fails if the environment variable {@code CHASSIS_REQUIRE_SERVERS} is {@code true}.
 *
 * <p>Its user is {@code guest} with the password {@code guest}, its virtual host {@code /}. Used by one thread at a time.
 */
public final class RabbitServer implements AutoCloseable {

    private static final String READY = "Server startup complete";
    private static final String HOST = "127.0.0.1";

    private final DatabaseProcess process;
    private final RabbitPrograms programs;
    private final Settings settings;
    private final int port = DatabaseProcess.freePort();
    private final int tlsPort = DatabaseProcess.freePort();

    private RabbitServer(DatabaseProcess process, Settings settings) {
        this.process = process;
        this.settings = settings;
        this.programs = new RabbitPrograms(process, port);
    }

    /** A broker with the defaults of RabbitMQ, without plugins. Blocks until it accepts connections. */
    public static RabbitServer start() {
        return settings().start();
    }

    /** Settings for a broker. */
    public static Settings settings() {
        return new Settings();
    }

    /** {@code amqp://guest:guest@127.0.0.1:port}, which means the virtual host {@code /}. */
    public String uri() {
        return "amqp://guest:guest@" + address();
    }

    /** {@code 127.0.0.1}. */
    public String host() {
        return HOST;
    }

    /** The port it listens on, also after restarts. */
    public int port() {
        return port;
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return HOST + ":" + port;
    }

    /**
     * The port for TLS, also after restarts.
     *
     * @throws IllegalStateException if it has no TLS
     */
    public int tlsPort() {
        requireTls();
        return tlsPort;
    }

    /**
     * The certificate of the broker in PEM, which it has signed itself and which is for the address {@code 127.0.0.1} only.
     *
     * @throws IllegalStateException if it has no TLS
     */
    public Path certificate() {
        requireTls();
        return process.home().resolve("server.crt");
    }

    /** What it has logged so far, over all its starts. */
    public List<String> logLines() {
        return process.logLines();
    }

    /**
     * Kills it with SIGKILL. On return the port is closed. A queue that was declared a moment ago may be gone with it, and what was confirmed
     * for it, too: RabbitMQ 3 writes definitions to their file a little later ({@code rabbitmqctl eval 'mnesia:sync_log().'} does it at once).
     */
    public void kill() {
        process.kill();
    }

    /** Ends it as an administrator would: clients are told, connections are closed. On return the port is closed. */
    public void stop() {
        process.stop("TERM");
    }

    /** Starts it again on the same port and data; stops it first if it runs. On return it accepts connections. */
    public void restart() {
        stop();
        launch();
    }

    /** Keeps it from running, as a machine that hangs does: connections stay open and nobody answers. {@link #resume} ends it. */
    public void pause() {
        process.freeze("STOP");
    }

    /** Ends a {@link #pause}. */
    public void resume() {
        process.freeze("CONT");
    }

    /** Closes every connection from its side, with 320 and this reason. Takes about a second, like every command that follows. */
    public void closeAllConnections(String reason) {
        rabbitmqctl("close_all_connections", reason);
    }

    /**
     * Sets or clears the memory alarm: while it is set, whoever publishes is blocked. A watermark of zero is how an administrator does it
     * (RabbitMQ, "Memory and Disk Alarms").
     */
    public void memoryAlarm(boolean on) {
        rabbitmqctl("set_vm_memory_high_watermark", on ? "0" : "0.8");
    }

    /**
     * Deletes a queue and what is in it; consumers are cancelled.
     *
     * @throws IllegalStateException if there is none of that name
     */
    public void deleteQueue(String queue) {
        rabbitmqctl("delete_queue", queue);
    }

    /**
     * Runs {@code rabbitmqctl} with these arguments and returns what it says.
     *
     * @throws IllegalStateException if it fails; the message has its output
     */
    public String rabbitmqctl(String... arguments) {
        return process.run(programs.control(List.of(arguments)));
    }

    /** Kills it and deletes its data. Idempotent. */
    @Override
    public void close() {
        process.remove();
    }

    private RabbitServer create() {
        if (settings.tls) {
            SelfSigned.writeFor(process);
        }
        programs.write("enabled_plugins", "[" + String.join(",", settings.plugins) + "].\n");
        programs.write("rabbitmq.conf", configuration());
        launch();
        return this;
    }

    private void launch() {
        process.start(programs.server(), READY);
    }

    private String configuration() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("listeners.tcp.1", address());
        lines.put("vm_memory_high_watermark.absolute", "1GiB");
        lines.put("disk_free_limit.absolute", "50MB");
        lines.put("loopback_users", "none");
        if (settings.tls) {
            lines.put("listeners.ssl.1", HOST + ":" + tlsPort);
            lines.put("ssl_options.cacertfile", certificate().toString());
            lines.put("ssl_options.certfile", certificate().toString());
            lines.put(
                    "ssl_options.keyfile", process.home().resolve("server.key").toString());
        }
        lines.putAll(settings.values);
        List<String> text = new ArrayList<>();
        lines.forEach((key, value) -> text.add(key + " = " + value + "\n"));
        return String.join("", text);
    }

    private void requireTls() {
        if (!settings.tls) {
            throw new IllegalStateException("the broker has no TLS (expected: RabbitServer.settings().tls())");
        }
    }

    /** What a broker is to be like. Used by one thread. */
    public static final class Settings {

        private final Map<String, String> values = new LinkedHashMap<>();
        private final Set<String> plugins = new LinkedHashSet<>();
        private boolean tls;

        private Settings() {}

        /** Sets a key of rabbitmq.conf: {@code consumer_timeout}, {@code 60000}. */
        public Settings set(String key, String value) {
            values.put(key, value);
            return this;
        }

        /** Enables a plugin: {@code rabbitmq_management}. Whoever does sees to it that the plugin listens on loopback only. */
        public Settings plugin(String name) {
            plugins.add(name);
            return this;
        }

        /** Has it offer TLS as well. */
        public Settings tls() {
            this.tls = true;
            return this;
        }

        /** Starts it and blocks until it accepts connections. */
        public RabbitServer start() {
            RabbitPrograms.require();
            DatabaseProcess process = new DatabaseProcess("rabbitmq", "rabbitmq");
            try {
                return new RabbitServer(process, this).create();
            } catch (RuntimeException e) {
                process.remove();
                throw e;
            }
        }
    }
}
