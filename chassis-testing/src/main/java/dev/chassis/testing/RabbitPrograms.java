package dev.chassis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the programs of RabbitMQ are called so that they touch nothing but the directory of one broker. Immutable. */
final class RabbitPrograms {

    /**
     * The broker beside an epmd (Erlang's port mapper) of its own in the foreground; with the usual one, a daemon would stay behind. A
     * subshell reads from us, and kills both when nothing more can come: this JVM has ended, in whatever way. TERM is handed on.
     */
    private static final String SCRIPT =
            """
            %s
            epmd=$1; shift
            "$epmd" -address 127.0.0.1 3<&- & mapper=$!
            until "$epmd" -names >/dev/null 2>&1; do kill -0 $mapper || exit 1; sleep 0.02; done
            "$@" </dev/null 3<&- & server=$!
            %s guard=$!
            trap 'kill -TERM $server' TERM
            while kill -0 $server 2>/dev/null; do wait $server; done
            kill -9 $guard $mapper
            """.formatted(GuardedProcess.BEGIN, GuardedProcess.killedAtTheEnd("$server $mapper"));

    private final DatabaseProcess process;
    private final int port;
    private final int mapperPort = DatabaseProcess.freePort();
    private final int clusterPort = DatabaseProcess.freePort();

    RabbitPrograms(DatabaseProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test, or fails it, where RabbitMQ is not installed. */
    static void require() {
        program("rabbitmq-server");
        program("rabbitmqctl");
        program("epmd");
    }

    /** The command that runs the broker, until it is killed or gets a TERM. */
    List<String> server() {
        List<String> command = new ArrayList<>(environment());
        command.addAll(List.of("sh", "-c", SCRIPT, "sh", program("epmd"), program("rabbitmq-server")));
        return command;
    }

    /** The command that tells the broker something. */
    List<String> control(List<String> arguments) {
        List<String> command = new ArrayList<>(environment());
        command.addAll(List.of(program("rabbitmqctl"), "-q", "-n", node()));
        command.addAll(arguments);
        return command;
    }

    /** Writes a file into the directory of the broker, for its user. */
    void write(String name, String text) {
        try {
            process.own(Files.writeString(process.home().resolve(name), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String node() {
        return "chassis-" + port + "@localhost";
    }

    // Nothing is inherited: a variable of RabbitMQ from our own environment would lead to somebody else's files.
    private List<String> environment() {
        Path home = process.home();
        return List.of(
                "env",
                "-i",
                "PATH=" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                "HOME=" + home, // the cookie
                "LANG=C.UTF-8",
                "ERL_EPMD_PORT=" + mapperPort,
                "RABBITMQ_NODENAME=" + node(),
                "RABBITMQ_DIST_PORT=" + clusterPort,
                "RABBITMQ_MNESIA_BASE=" + home.resolve("mnesia"),
                "RABBITMQ_LOG_BASE=" + home.resolve("log"),
                "RABBITMQ_LOGS=-", // to the output, which is our log
                "RABBITMQ_CONFIG_FILE=" + home.resolve("rabbitmq"),
                "RABBITMQ_ENABLED_PLUGINS_FILE=" + home.resolve("enabled_plugins"),
                "RABBITMQ_CONF_ENV_FILE=/dev/null",
                "RUNNING_UNDER_SYSTEMD=true", // the script becomes the broker instead of its parent, so that we have
                // its id
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}",
                "RABBITMQ_CTL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}");
    }

    // Debian's programs on the PATH are for administrators; the others, which we want, are where Red Hat has them, too.
    private static String program(String name) {
        Stream<Path> own =
                Stream.of("/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin").map(directory -> Path.of(directory, name));
        Stream<Path> others = DatabaseProcess.places(
                name,
                Stream.of("/usr/lib/erlang/bin", "/opt/homebrew/sbin", "/usr/local/sbin")
                        .map(Path::of));
        Optional<Path> found = DatabaseProcess.installed(Stream.concat(own, others));
        return found.map(Path::toString)
                .orElseThrow(() -> DatabaseProcess.missing("no RabbitMQ: " + name + " is not installed"));
    }
}
