package dev.chassis;

import java.util.Map;
import java.util.function.Consumer;

/** The way in. */
public final class Chassis {

    private Chassis() {}

    /**
     * Runs a service in this process: starts it, returns when it is ready, drains it on SIGTERM or SIGINT and ends the process with a
     * meaningful {@linkplain dev.chassis.lifecycle.ExitCode exit code}. A start that fails ends the process, too.
     *
     * @param args {@code --check-config}, {@code --print-config}, {@code --version}, {@code --help} or {@code --key=value}
     */
    public static void run(String name, String[] args, Consumer<Service> assembly) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts a service inside a process that is not its own, as tests do: no signals, no exit. Returns when it is ready.
     *
     * @param overrides configuration above every other layer
     * @throws RuntimeException if the configuration is wrong or a component fails
     */
    public static RunningService start(String name, Map<String, String> overrides, Consumer<Service> assembly) {
        throw new UnsupportedOperationException();
    }
}
