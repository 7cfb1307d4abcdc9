package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real SIGTERM at full load: every worker has a handler of five seconds, all that may be prefetched is, and publishing goes on. */
class SigtermTest {

    private static final Pattern DRAINED = Pattern.compile("Drained in (\\d+) ms");

    @Test
    void losesNothingAndDoublesOnlyWhatMissedTheGrace(@TempDir Path directory) throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try { // Side by side: each is mostly waiting for its handlers.
            Future<Ending> enough = both.submit(() -> ending(
                    directory,
                    "enough",
                    "--chassis.drain.budget=30s",
                    "--chassis.drain.announce=1s",
                    "--chassis.drain.close=10s"));
            Future<Ending> tooShort = both.submit(() -> ending(
                    directory,
                    "short",
                    "--chassis.drain.budget=12s",
                    "--chassis.drain.announce=0s",
                    "--chassis.drain.close=10s"));
            Ending finished = enough.get();
            Ending cut = tooShort.get();

            assertThat(finished.exit()).as("clean").isZero();
            assertThat(finished.doubled()).as("begun, and again in the queue").isEmpty();
            assertThat(finished.done()).isEqualTo(finished.begun());
            assertThat(cut.exit()).as("work abandoned").isEqualTo(80);
            assertThat(cut.doubled())
                    .as("begun and not done within two seconds")
                    .isNotEmpty();
            assertThat(cut.done()).as("what ended within the grace").isNotEmpty();
        } finally {
            both.shutdownNow();
        }
    }

    /** One process from start to SIGTERM to its end; what holds of each is asserted here. */
    private static Ending ending(Path directory, String name, String... keys) throws Exception {
        String queue = Rabbits.unique("sigterm");
        Rabbits.direct(channel -> channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "classic")));
        Path own = Files.createDirectory(directory.resolve(name));
        try (SigtermProcess process = SigtermProcess.start(own, queue, keys)) {
            CompletableFuture<Integer> published = CompletableFuture.supplyAsync(() -> publishWhile(process, queue));
            Rabbits.await("full load: " + process.output())
                    .atMost(90, TimeUnit.SECONDS)
                    .until(() -> process.begun().size() >= 2 * SigtermProcess.CONCURRENCY);
            process.sigterm();
            int exit = process.awaitExit();
            int count = published.get();
            List<String> left = Rabbits.ids(queue);
            Ending ending = new Ending(exit, process.begun(), process.done(), left);
            System.out.println("measured: SIGTERM, " + name + " grace, handlers of 5 s: drained in "
                    + drainMillis(process.output()) + " ms; " + count + " published, "
                    + ending.done().size() + " done, " + left.size() + " left, "
                    + ending.doubled().size() + " begun and left");

            Set<String> kept = new HashSet<>(ending.done());
            kept.addAll(left);
            assertThat(kept).as("done or still there: nothing is lost").hasSize(count);
            assertThat(left).as("no message is there twice").doesNotHaveDuplicates();
            assertThat(left).as("what is done is acknowledged").doesNotContainAnyElementsOf(ending.done());
            return ending;
        } finally {
            for (String suffix : List.of("", ".dead", ".retry.5s", ".retry.30s", ".retry.2m", ".retry.10m")) {
                Rabbits.deleteQueue(queue + suffix);
            }
        }
    }

    /** Publishes until the process has ended; every message is confirmed. Returns how many. */
    private static int publishWhile(SigtermProcess process, String queue) {
        try {
            return Rabbits.direct(channel -> {
                channel.confirmSelect();
                int count = 0;
                while (process.isAlive() && count < 20_000) {
                    for (int i = 0; i < 20; i++) {
                        publish(channel, queue, count++);
                    }
                    channel.waitForConfirmsOrDie(30_000);
                    TimeUnit.MILLISECONDS.sleep(20); // 1000 a second: fifty times what it can handle
                }
                return count;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void publish(Channel channel, String queue, int number) throws Exception {
        channel.basicPublish(
                "",
                queue,
                true,
                new AMQP.BasicProperties.Builder()
                        .messageId("m" + number)
                        .deliveryMode(2)
                        .build(),
                new byte[16]);
    }

    private static String drainMillis(String output) {
        Matcher found = DRAINED.matcher(output);
        assertThat(found.find()).as("the report in %s", output).isTrue();
        return found.group(1);
    }

    private record Ending(int exit, Set<String> begun, Set<String> done, List<String> left) {

        /** Begun there, and to be begun again elsewhere. */
        List<String> doubled() {
            List<String> doubled = new ArrayList<>(left);
            doubled.retainAll(begun);
            return doubled;
        }
    }
}
