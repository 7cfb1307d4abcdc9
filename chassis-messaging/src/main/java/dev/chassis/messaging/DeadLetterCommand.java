package dev.chassis.messaging;

import dev.chassis.config.ConfigException;
import dev.chassis.config.Configuration;
import dev.chassis.time.Deadline;
import java.io.PrintStream;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Dead letters from the command line, with the configuration of the service taken from the environment:
 *
 * <pre>
 * java -cp app.jar dev.chassis.messaging.DeadLetterCommand list   orders [conditions]
 * java -cp app.jar dev.chassis.messaging.DeadLetterCommand count  orders [conditions]
 * java -cp app.jar dev.chassis.messaging.DeadLetterCommand replay orders [conditions] [--rate 10]
 *
 * --reason attempts --type SocketTimeoutException --older-than PT1H --header tenant=acme --most 100
 * </pre>
 *
 * <p>{@code count} is the dry run of {@code replay}. Ends with 0, with 64 after a mistake on the command line, with 78 after one in the
 * configuration, and with 75 if the broker does not do what is asked.
 */
public final class DeadLetterCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 75;
    private static final int BAD_CONFIG = 78;

    private String verb = "";
    private String queue = "";
    private DeadLetterFilter filter = DeadLetterFilter.all();
    private int most = 1_000;
    private double rate = 10;

    private DeadLetterCommand() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, Map.of(), System.out, System.err));
    }

    /** The same within another process; keys given here win over the environment. */
    static int run(String[] arguments, Map<String, String> overrides, PrintStream out, PrintStream err) {
        DeadLetterCommand command = new DeadLetterCommand();
        try {
            command.read(new ArrayDeque<>(Arrays.asList(arguments)));
        } catch (IllegalArgumentException | NoSuchElementException | DateTimeParseException e) {
            err.println(e.getMessage() == null ? "a value is missing at the end" : e.getMessage());
            err.println("usage: list|count|replay QUEUE [--reason R] [--type T] [--older-than PT1H] [--header k=v]"
                    + " [--most 1000] [--rate 10]");
            return USAGE;
        }
        return command.connect(overrides, out, err);
    }

    /** Without a look at keys nothing reads: those of the service's other parts are there, too. */
    private int connect(Map<String, String> overrides, PrintStream out, PrintStream err) {
        RabbitConfig config = Configuration.load(overrides).bind(RabbitConfig.class);
        RabbitConnection rabbit = RabbitConnection.of("dead-letters", config);
        try {
            rabbit.start(Deadline.after(PATIENCE));
            run(rabbit.deadLetters(queue), out);
            return 0;
        } catch (ConfigException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return BAD_CONFIG;
        } catch (Exception e) {
            err.println(Channels.text(e));
            return UNAVAILABLE;
        } finally {
            stop(rabbit);
        }
    }

    private void run(DeadLetters letters, PrintStream out) throws Exception {
        if (verb.equals("list")) {
            List<DeadLetter> found = letters.list(filter, most);
            found.forEach(letter -> out.println(line(letter)));
            out.println(found.size() + " dead letters of " + queue);
        } else {
            DeadLetters.Replay how = new DeadLetters.Replay(verb.equals("count"), rate, most);
            out.println(letters.replay(filter, how));
        }
    }

    /** What an exception said may have lines of its own. */
    private static String line(DeadLetter letter) {
        return String.join(
                        "  ",
                        letter.died().map(Object::toString).orElse("-"),
                        letter.messageId(),
                        letter.reason(),
                        "attempts=" + letter.attempts(),
                        "replayed=" + letter.replayed(),
                        letter.type() + ": " + letter.message())
                .replaceAll("\\p{Cntrl}+", " ");
    }

    private void read(Deque<String> arguments) {
        verb = oneOf(arguments.pop());
        queue = arguments.pop();
        while (!arguments.isEmpty()) {
            option(arguments.pop(), arguments.pop());
        }
    }

    private void option(String name, String value) {
        switch (name) {
            case "--reason" -> filter = filter.reason(value);
            case "--type" -> filter = filter.type(value);
            case "--older-than" -> filter = filter.olderThan(Duration.parse(value));
            case "--header" -> filter = header(value);
            case "--most" -> most = Integer.parseInt(value);
            case "--rate" -> rate = Double.parseDouble(value);
            default -> throw new IllegalArgumentException(name + " (expected: one of the options below)");
        }
    }

    private DeadLetterFilter header(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--header " + pair + " (expected: name=value)");
        }
        return filter.header(pair.substring(0, equals), pair.substring(equals + 1));
    }

    private static String oneOf(String verb) {
        if (!List.of("list", "count", "replay").contains(verb)) {
            throw new IllegalArgumentException(verb + " (expected: list, count or replay)");
        }
        return verb;
    }

    private static void stop(RabbitConnection rabbit) {
        try {
            rabbit.stop(Deadline.after(PATIENCE));
        } catch (Exception broken) {
            // The process ends.
        }
    }
}
