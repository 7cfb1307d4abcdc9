package dev.chassis.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.chassis.messaging.PublishResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An outbox in a process of its own, so that it can die as a task does. */
final class RelayProcess {

    private static final String READY = "ready";

    private final Process process;

    private RelayProcess(Process process) {
        this.process = process;
    }

    /** Starts one and waits until it relays. It halts before it hears of the confirm with this number; 0 for never. */
    static RelayProcess start(TestDatabase database, int broker, int haltAt) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RelayProcess.class.getName(),
                "" + haltAt,
                "" + broker));
        command.addAll(List.of(database.login()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(READY)) {
                Thread rest = new Thread(() -> output.lines().forEach(logged -> {}), "relay-output");
                rest.setDaemon(true);
                rest.start(); // a full pipe would hold the process up
                return new RelayProcess(process);
            }
        }
        throw new IOException("the relay ended before it was ready");
    }

    public static void main(String[] args) throws Exception {
        HikariDataSource pool = TestDatabase.pool(args[2], args[3], args.length > 4 ? args[4] : "");
        Sender sender = new HaltingSender(new RabbitSender(Integer.parseInt(args[1])), Integer.parseInt(args[0]));
        Outbox.of("outbox", Outboxes.config("lease", "1s"), pool, sender).start(Outboxes.soon());
        System.out.println(READY);
        // Ends with the test's JVM, however that ends.
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }

    /** Keeps it from running, as a long pause of its JVM or its machine does; it does not notice. */
    void freeze() throws Exception {
        signal("STOP");
    }

    /** Ends a {@link #freeze}. */
    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    int exitCode() throws InterruptedException {
        process.waitFor(60, TimeUnit.SECONDS);
        return process.exitValue();
    }

    /** The broker has the message, and nobody is told. */
    private record HaltingSender(Sender sender, int haltAt, AtomicInteger confirmed) implements Sender {

        HaltingSender(Sender sender, int haltAt) {
            this(sender, haltAt, new AtomicInteger());
        }

        @Override
        public CompletionStage<PublishResult> send(
                String exchange, String routingKey, dev.chassis.messaging.Message message) {
            return sender.send(exchange, routingKey, message).thenCompose(result -> {
                if (result.isConfirmed() && confirmed.incrementAndGet() == haltAt) {
                    Runtime.getRuntime().halt(137);
                }
                return CompletableFuture.completedFuture(result);
            });
        }
    }
}
