package dev.chassis.bench.logging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One way to log: a class path, and a process on it whose standard output is read as fast as it comes. */
record Subject(String name, String module, String mainClass, List<String> options, boolean writes) {

    private static final String PACKAGE = "dev.chassis.bench.logging.";

    static final Subject CHASSIS = new Subject("chassis-logging", "logging", "Emit", List.of(), true);
    static final Subject CONSOLE = new Subject(
            "logback console appender", "logging-logback", "Emit", List.of("-Dbench.appender=CONSOLE"), true);
    static final Subject ENCODER =
            new Subject("encoder alone", "logging-logback", "Emit", List.of("-Dbench.appender=NOWHERE"), false);
    static final Subject EVENT =
            new Subject("logback's event alone", "logging-logback", "Emit", List.of("-Dbench.appender=EVENT"), false);
    static final Subject LOG4J = new Subject("log4j2 JsonTemplateLayout", "logging-log4j2", "Emit", List.of(), true);
    static final Subject SPRING =
            new Subject("Spring Boot structured", "logging-spring", "SpringEmit", List.of(), true);

    /** What an event of that kind costs; fails when a line is missing. */
    Cost measure(String kind, int warmUp, int events) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(kind, warmUp, events)).start();
        long[] lines = {0};
        Thread reader = new Thread(() -> lines[0] = count(process.getInputStream()), "reader");
        reader.start();
        String measured = lastLine(process.getErrorStream());
        reader.join();
        long expected = writes && !kind.equals("nothing") ? (long) warmUp + events : 0;
        if (process.waitFor() != 0 || lines[0] < expected) {
            throw new IllegalStateException(name + ": " + lines[0] + " lines of " + expected + "; " + measured);
        }
        String[] words = measured.split(" ");
        return new Cost(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }

    private List<String> command(String kind, int warmUp, int events) {
        Path target = Path.of(module, "target");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                String.join(
                        ":",
                        target.resolve("classes").toString(),
                        target.resolve("lib") + "/*",
                        Path.of("logging", "target", "classes").toString()),
                PACKAGE + mainClass,
                kind,
                Integer.toString(warmUp),
                Integer.toString(events)));
        return command;
    }

    private static long count(InputStream in) {
        byte[] buffer = new byte[64 * 1024];
        long lines = 0;
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }

    private static String lastLine(InputStream in) throws IOException {
        String last = "nothing on standard error";
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                last = line;
            }
        }
        return last;
    }

    /** Of one event: nanoseconds of CPU, bytes allocated. */
    record Cost(double cpuNanos, double bytes) {}
}
