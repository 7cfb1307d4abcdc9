package dev.chassis.jdbc;

import dev.chassis.context.Correlation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which connection, while leaks are looked for. An entry goes when the next is made after its connection was given back.
 * Thread-safe.
 */
final class Holders {

    private static final int NAMED = 5;
    private static final Set<String> OWN = Stream.of(
                    Holders.class, Lending.class, JdbcPool.class, PooledDataSource.class, Transactions.class)
            .map(Class::getName)
            .collect(Collectors.toSet());

    private final Map<Connection, Holder> holders = new ConcurrentHashMap<>();

    private record Holder(
            long sinceNanos, String thread, @Nullable Correlation correlation, Throwable borrowed) {

        String line(long now) {
            return thread + (correlation == null ? "" : " (" + correlation.id() + ")") + " for "
                    + (now - sinceNanos) / 1_000_000 + " ms, borrowed at " + place();
        }

        private String place() {
            return Stream.of(borrowed.getStackTrace())
                    .filter(frame -> !OWN.contains(frame.getClassName()))
                    .findFirst()
                    .map(StackTraceElement::toString)
                    .orElse("an unknown place");
        }
    }

    /** Remembers that the calling thread has borrowed a connection just now. */
    void add(Connection connection) {
        holders.keySet().removeIf(Holders::isBack);
        holders.put(
                connection,
                new Holder(
                        System.nanoTime(), Thread.currentThread().getName(), Correlation.current(), new Throwable()));
    }

    /** Those who hold connections, the longest first, on one line; empty if nobody does. */
    String describe() {
        holders.keySet().removeIf(Holders::isBack);
        long now = System.nanoTime();
        return holders.values().stream()
                .sorted(Comparator.comparingLong(holder -> holder.sinceNanos - now))
                .limit(NAMED)
                .map(holder -> holder.line(now))
                .collect(Collectors.joining("; "));
    }

    private static boolean isBack(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
