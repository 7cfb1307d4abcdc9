package dev.chassis.bench.amqp;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RabbitMQ's own load tool, in a process that begins cold; its rate is the average that it tells. Used by one thread. */
final class PerfTest {
    private static final Pattern RATE = Pattern.compile("(sending|receiving) rate avg: (\\d+) msg/s");

    private final Place place;

    PerfTest(Place place) {
        this.place = place;
    }

    /** Messages per second, each confirmed. */
    double publish(int count) throws Exception {
        return rate(
                "sending",
                List.of(
                        "--producers",
                        "1",
                        "--consumers",
                        "0",
                        "--pmessages",
                        "" + count,
                        "--confirm",
                        "" + Peer.WINDOW));
    }

    /** Messages per second, each acknowledged. */
    double consume(int count) throws Exception {
        List<String> options = List.of("--producers", "0", "--consumers", "1", "--cmessages", "" + count);
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--qos", "" + Peer.PREFETCH, "--multi-ack-every", "" + Peer.TOGETHER));
        return rate("receiving", all);
    }

    private double rate(String direction, List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.rabbitmq.perf.PerfTest",
                "--uri",
                place.broker().uri(),
                "--queue",
                place.queue(),
                "--predeclared",
                "--size",
                "" + place.body().length,
                "--flag",
                "persistent",
                "--flag",
                "mandatory"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        double rate = -1;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                Matcher found = RATE.matcher(line);
                while (found.find()) {
                    rate = found.group(1).equals(direction) ? Double.parseDouble(found.group(2)) : rate;
                }
            }
        }
        process.waitFor();
        if (rate < 0) {
            throw new IllegalStateException("PerfTest told no rate: " + said);
        }
        return rate;
    }
}
