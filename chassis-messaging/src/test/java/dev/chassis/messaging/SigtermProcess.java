package dev.chassis.messaging;

import dev.chassis.Chassis;
import dev.chassis.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A service in a process of its own whose handlers take five seconds, and the file in which it notes what they have begun and finished. */
final class SigtermProcess implements AutoCloseable {

    static final int CONCURRENCY = 100;
    private static final long HANDLER_MILLIS = 5_000;

    private final Process process;
    private final Path notes;
    private final Path log;

    private SigtermProcess(Process process, Path notes, Path log) {
        this.process = process;
        this.notes = notes;
        this.log = log;
    }

    static SigtermProcess start(Path directory, String queue, String... keys) throws IOException {
        Path notes = Files.createFile(directory.resolve("notes"));
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dqueue=" + queue,
                "-Dnotes=" + notes,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SigtermProcess.class.getName(),
                "--chassis.http.port=0",
                "--chassis.admin.port=0",
                "--chassis.rabbit.addresses=127.0.0.1:" + Rabbits.PORT));
        command.addAll(List.of(keys));
        return new SigtermProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                notes,
                log);
    }

    public static void main(String[] args) {
        Chassis.run("sigterm-test", args, SigtermProcess::assemble);
    }

    /** The first handlers take between nothing and all of their time, so that at any moment some have just begun and some are about to end. */
    private static void assemble(Service service) {
        FileChannel notes = open(Path.of(System.getProperty("notes")));
        AtomicInteger begun = new AtomicInteger();
        RabbitConnection rabbit = service.add(RabbitConnection.from(service));
        service.add(rabbit.consumer(System.getProperty("queue"), delivery -> {
                    note(notes, "begun " + delivery.messageId());
                    boolean first = begun.getAndIncrement() < CONCURRENCY;
                    TimeUnit.MILLISECONDS.sleep(
                            first ? ThreadLocalRandom.current().nextLong(HANDLER_MILLIS) : HANDLER_MILLIS);
                    note(notes, "done " + delivery.messageId());
                    return Outcome.ack();
                })
                .concurrency(CONCURRENCY)
                .prefetch(3 * CONCURRENCY));
    }

    private static FileChannel open(Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In one write: lines of several threads do not mix, and nothing of it is lost with the process. */
    private static void note(FileChannel notes, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        synchronized (notes) {
            while (bytes.hasRemaining()) {
                notes.write(bytes);
            }
        }
    }

    Set<String> begun() throws IOException {
        return noted("begun ");
    }

    Set<String> done() throws IOException {
        return noted("done ");
    }

    private Set<String> noted(String what) throws IOException {
        return Files.readAllLines(notes).stream()
                .filter(line -> line.startsWith(what))
                .map(line -> line.substring(what.length()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    void sigterm() throws Exception {
        int code = new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill ended with " + code + "\n" + output());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int awaitExit() throws InterruptedException, IOException {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            throw new IOException("it does not end\n" + output());
        }
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
