package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.Configuration;
import dev.chassis.lifecycle.DrainConfig;
import dev.chassis.lifecycle.Lifecycle;
import dev.chassis.lifecycle.LifecycleEvent;
import dev.chassis.lifecycle.StartConfig;
import dev.chassis.lifecycle.StartException;
import dev.chassis.testing.PostgresServer;
import dev.chassis.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ManyStartersTest {

    private static final int SERVICES = 30;

    private final AtomicInteger retries = new AtomicInteger();
    private final List<Lifecycle> lives = new ArrayList<>();

    /** Thirty services that begin at the same moment; what each start failed with, if it did. */
    private List<Optional<StartException>> startAll(JdbcConfig config) throws Exception {
        Configuration settings = Configuration.load(Map.of(), Map.of(), Map.of("chassis.start.timeout", "8s"));
        CountDownLatch together = new CountDownLatch(SERVICES);
        ExecutorService threads = Executors.newFixedThreadPool(SERVICES);
        List<Future<Optional<StartException>>> starts = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            Lifecycle life = new Lifecycle(
                    List.of(JdbcPool.of("orders", config)),
                    settings.bind(StartConfig.class),
                    settings.bind(DrainConfig.class),
                    Ticker.system(),
                    List.of(this::count));
            lives.add(life);
            starts.add(threads.submit(() -> start(life, together)));
        }
        List<Optional<StartException>> failures = new ArrayList<>();
        for (Future<Optional<StartException>> start : starts) {
            failures.add(start.get());
        }
        threads.shutdown();
        return failures;
    }

    private void count(LifecycleEvent event) {
        if (event instanceof LifecycleEvent.ComponentRetrying) {
            retries.incrementAndGet();
        }
    }

    private static Optional<StartException> start(Lifecycle life, CountDownLatch together) throws InterruptedException {
        together.countDown();
        together.await();
        try {
            life.start(Ticker.system().nanos());
            return Optional.empty();
        } catch (StartException e) {
            return Optional.of(e);
        }
    }

    private void drainAll() throws Exception {
        for (Lifecycle life : lives) {
            life.drain("test").toCompletableFuture().get();
        }
    }

    private static long connections(PostgresServer server) {
        return server.logLines().stream()
                .filter(line -> line.contains("connection received"))
                .count();
    }

    @Test
    void allThatFitAreReadyWithOneAttemptForEachConnection() throws Exception {
        try (PostgresServer server =
                PostgresServer.settings().set("max_connections", "50").start()) {
            long before = connections(server);
            assertThat(startAll(Trials.config(server, Map.of("max-size", "1")))).allMatch(Optional::isEmpty);
            assertThat(connections(server) - before).isEqualTo(SERVICES);
            drainAll();
        }
    }

    @Test
    void whoDoesNotFitSaysWhyAndDoesNotStormTheServer() throws Exception {
        try (PostgresServer server =
                PostgresServer.settings().set("max_connections", "50").start()) {
            long before = connections(server);
            List<Optional<StartException>> failures =
                    startAll(Trials.config(server, Map.of("max-size", "2", "connect-timeout", "5s")));
            List<StartException> failed =
                    failures.stream().flatMap(Optional::stream).toList();
            assertThat(failed).isNotEmpty().hasSizeLessThan(SERVICES);
            // Whose time is over in the middle of an attempt says how far it had come.
            assertThat(failed)
                    .allMatch(failure -> failure.reason() == StartException.Reason.DEPENDENCY_UNAVAILABLE
                            || failure.reason() == StartException.Reason.TIMED_OUT)
                    .anyMatch(failure -> String.valueOf(failure.getMessage()).contains("53300"));
            // An attempt opens one connection, and the second only when the first is there.
            long attempts = SERVICES + retries.get();
            assertThat(connections(server) - before).isLessThanOrEqualTo(2 * attempts);
            // Delays of at most 0.2, 0.4, 0.8 ... 5 s, half of that on average, leave room for few attempts in 8 s.
            assertThat(retries.get()).isLessThan(SERVICES * 20);
            System.out.println("starters: " + (SERVICES - failed.size()) + " ready, " + failed.size() + " not, "
                    + retries + " retries, " + (connections(server) - before) + " connections received");
            drainAll();
        }
    }
}
