package dev.chassis.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server under measurement.
 *
 * @param name how tables call it
 * @param path the route that is requested
 * @param arguments what follows {@code java} on its command line; {@code {port}} stands for its port
 */
record Peer(String name, String path, List<String> arguments) {
    private static final String PORT = "{port}";

    Peer {
        arguments = List.copyOf(arguments);
    }

    /** The same server under another name. */
    Peer named(String otherName) {
        return new Peer(otherName, path, arguments);
    }

    /** The same server asked for another route. */
    Peer at(String otherPath) {
        return new Peer(name, otherPath, arguments);
    }

    /** The same server with options put before all others. */
    Peer with(String... jvmOptions) {
        List<String> all = new ArrayList<>(List.of(jvmOptions));
        all.addAll(arguments);
        return new Peer(name, path, all);
    }

    /** The command line, on the JVM that runs this harness. */
    List<String> command(int port) {
        List<String> command = new ArrayList<>();
        command.add(java());
        arguments.forEach(argument -> command.add(argument.replace(PORT, Integer.toString(port))));
        return command;
    }

    /** The launcher of the JVM that runs this harness. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
