package dev.chassis;

import dev.chassis.config.ConfigException;
import dev.chassis.lifecycle.ExitCode;
import java.util.function.Consumer;

/** The modes of the command line that look and start nothing. */
final class Inspection {

    private Inspection() {}

    static ExitCode perform(CommandLine line, String name, Consumer<Service> assembly) {
        switch (line.mode()) {
            case HELP -> Console.print(CommandLine.USAGE);
            case VERSION -> Console.print(name + " " + Version.of(assembly) + " (chassis " + Version.of(line) + ")");
            case CHECK_CONFIG, PRINT_CONFIG -> {
                return inspect(line, name, assembly);
            }
            case RUN, TRAIN ->
                throw new IllegalArgumentException("mode: " + line.mode() + " (expected: one that starts nothing)");
        }
        return ExitCode.CLEAN;
    }

    private static ExitCode inspect(CommandLine line, String name, Consumer<Service> assembly) {
        try {
            Assembler assembler = Assembler.list(name, line.overrides(), assembly);
            if (line.mode() == CommandLine.Mode.PRINT_CONFIG) {
                StringBuilder listing = new StringBuilder();
                assembler.configuration().print(listing);
                Console.print(listing);
            } else {
                Console.print("The configuration of " + name + " is valid.");
            }
            return ExitCode.CLEAN;
        } catch (ConfigException e) {
            Console.error(String.valueOf(e.getMessage()));
            return ExitCode.BAD_CONFIG;
        }
    }
}
