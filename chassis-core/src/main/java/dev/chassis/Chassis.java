package dev.chassis;

import dev.chassis.config.ConfigException;
import dev.chassis.lifecycle.ExitCode;
import java.util.Map;
import java.util.function.Consumer;

/** The way in. */
public final class Chassis {

    private Chassis() {}

    /**
     * Runs a service in this process: starts it, returns when it is ready, drains it on SIGTERM or SIGINT and ends the process with a
     * meaningful {@linkplain ExitCode exit code}. A start that fails ends the process, too.
     *
     * <p>The JVM is told to remember what a name resolved to for 5 s, and that it did not for 1 s, unless its security properties {@code
     * networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl} have been set before.
     *
     * @param name the service's name, in logs, meters and reports
     * @param args {@code --check-config}, {@code --print-config}, {@code --train}, {@code --version}, {@code --help} or {@code --key=value}
     * @param assembly lists the service's parts; called once
     */
    public static void run(String name, String[] args, Consumer<Service> assembly) {
        CommandLine line;
        try {
            line = CommandLine.parse(args);
        } catch (IllegalArgumentException e) {
            Console.error(e.getMessage() + "\n" + CommandLine.USAGE);
            System.exit(ExitCode.USAGE.number());
            return;
        }
        switch (line.mode()) {
            case RUN, TRAIN -> run(name, line, assembly);
            default -> {
                NameCaching.shorten();
                System.exit(Inspection.perform(line, name, assembly).number());
            }
        }
    }

    private static void run(String name, CommandLine line, Consumer<Service> assembly) {
        ServiceProcess process = ServiceProcess.prepared(); // which looks no name up
        NameCaching.shorten(); // before anybody does
        process.run(() -> Assembler.list(name, line, assembly), Origin.ofJvm(), ready -> {
            if (line.mode() == CommandLine.Mode.TRAIN) {
                Training.of(ready);
            }
        });
    }

    /**
     * Starts a service inside a process that is not its own, as tests do: no signals, no exit. Returns when it is ready.
     *
     * @param overrides configuration above every other layer
     * @throws ConfigException if the configuration is wrong, with every problem
     * @throws dev.chassis.lifecycle.StartException if a component fails; everything that had started is stopped again
     */
    public static RunningService start(String name, Map<String, String> overrides, Consumer<Service> assembly) {
        long origin = Origin.now();
        ChassisService service = Assembler.list(name, overrides, assembly).build();
        service.start(origin);
        return service;
    }
}
