package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.testing.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual threads from 21 on; the same with platform threads on 17. */
@Timeout(120)
class VirtualThreadsTest {

    private static final int TASKS = 2_000;

    private static ExecutorService threads() throws ReflectiveOperationException {
        return Runtime.version().feature() >= 21
                ? (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null)
                : Executors.newFixedThreadPool(200);
    }

    @Test
    void manyThreadsShareASmallPoolAndAllComplete() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            JdbcPool pool = Trials.started(Trials.config(server, Map.of("max-size", "4", "borrow-timeout", "1m")));
            ExecutorService threads = threads();
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                results.add(threads.submit(() -> pool.inTransaction(connection -> {
                    Trials.number(connection, "select 1");
                    return (int) Trials.number(connection, "select " + number);
                })));
            }
            for (int i = 0; i < TASKS; i++) {
                assertThat(results.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i);
            }
            threads.shutdown();
            assertThat(pool.inFlight()).isZero();
            pool.stop(Trials.soon());
        }
    }

    @Test
    void threadsThatWaitForAnExhaustedPoolGiveUpAndLeaveNothingBehind() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            JdbcPool pool = Trials.started(Trials.config(
                    server, Map.of("max-size", "1", "borrow-timeout", "500ms", "validation-timeout", "250ms")));
            ExecutorService threads = threads();
            List<Future<Boolean>> results = new ArrayList<>();
            try (var held = pool.dataSource().getConnection()) {
                for (int i = 0; i < 200; i++) {
                    results.add(threads.submit(() -> {
                        try (var connection = pool.dataSource().getConnection()) {
                            return !connection.isClosed();
                        } catch (PoolExhaustedException e) {
                            return false;
                        }
                    }));
                }
                for (Future<Boolean> result : results) {
                    assertThat(result.get(60, TimeUnit.SECONDS)).isFalse();
                }
                assertThat(held.isClosed()).isFalse();
            }
            threads.shutdown();
            assertThat(pool.query("select 42", row -> row.getInt(1))).containsExactly(42);
            pool.stop(Trials.soon());
        }
    }
}
