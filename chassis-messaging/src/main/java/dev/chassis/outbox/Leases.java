package dev.chassis.outbox;

import dev.chassis.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * The partitions that are ours for now. Each task says in {@code chassis_outbox_relay} that it lives, counts those that do, and takes its
 * share of {@code chassis_outbox_partition}: what is free, and what has expired.
 *
 * <p>Owned by the relay's thread; only {@link #held} and {@link #holds} are for any.
 *
 * <ul>
 *   <li>I1: a partition has one owner in the table. It changes hands by an update that says who may lose it: nobody, or one whose lease has
 *       expired by the clock of the database.
 *   <li>I2: we believe in a lease until {@code validUntil}: its length after we <em>began</em> to ask for it, by our own monotonic clock.
 *       The database wrote its end later than that, so we stop before another can begin, whatever either clock shows.
 *   <li>I3: {@code held} is what the table said when we last asked, less what we gave back.
 * </ul>
 */
final class Leases {

    private static final int RENEWALS_PER_LEASE = 3;
    private static final String FREE = "(owner = '' or expires_at <= :now)";

    private final DataSource database;
    private final Dialect dialect;
    private final String owner;
    private final Duration length;
    private final Ticker ticker;
    private volatile Lease lease;
    private int share = Partitions.COUNT;

    /** What is held, and until when by the ticker. */
    private record Lease(Set<Integer> partitions, long validUntil) {}

    Leases(DataSource database, Dialect dialect, String owner, Duration length, Ticker ticker) {
        this.database = database;
        this.dialect = dialect;
        this.owner = owner;
        this.length = length;
        this.ticker = ticker;
        this.lease = new Lease(Set.of(), ticker.nanos());
    }

    /** What is ours now. */
    Set<Integer> held() {
        Lease now = lease;
        return isValid(now) ? now.partitions : Set.of();
    }

    /** Whether this one is ours now. */
    boolean holds(int partition) {
        Lease now = lease;
        return isValid(now) && now.partitions.contains(partition);
    }

    /** How many nanoseconds there are until a third of the lease is over; not positive when it is time to renew. */
    long untilDue() {
        return lease.validUntil - ticker.nanos() - length.toNanos() / RENEWALS_PER_LEASE * (RENEWALS_PER_LEASE - 1);
    }

    /** Says that we live, prolongs what we have and takes what is free, up to our share. */
    void renew() throws SQLException {
        long began = ticker.nanos(); // I2
        try (Connection connection = database.getConnection()) {
            share = share(connection);
            Sql.update(
                    connection,
                    dialect.sql("update chassis_outbox_partition set expires_at = :now + ? where owner = ?"),
                    length.toMillis(),
                    owner);
            Set<Integer> partitions = new TreeSet<>(Sql.query(
                    connection,
                    "select partition_no from chassis_outbox_partition where owner = ?",
                    row -> row.getInt(1),
                    owner));
            if (partitions.size() < share) {
                take(connection, partitions);
            }
            lease = new Lease(Set.copyOf(partitions), began + length.toNanos());
        }
    }

    /** Gives back what is more than our share. Only while nothing of ours is under way. */
    void giveBackSurplus() throws SQLException {
        List<Integer> surplus = held().stream().sorted().skip(share).toList();
        if (!surplus.isEmpty()) {
            giveBack(surplus);
        }
    }

    /** Gives everything back, so that others need not wait for the end of the leases, and is no longer among those who live. */
    void giveBackAll() throws SQLException {
        lease = new Lease(Set.of(), lease.validUntil);
        try (Connection connection = database.getConnection()) {
            Sql.update(
                    connection,
                    "update chassis_outbox_partition set owner = '', expires_at = 0 where owner = ?",
                    owner);
            Sql.update(connection, "delete from chassis_outbox_relay where owner = ?", owner);
        }
    }

    private boolean isValid(Lease some) {
        return some.validUntil - ticker.nanos() > 0;
    }

    /** Tells that we live, and divides the partitions by how many do. */
    private int share(Connection connection) throws SQLException {
        int known = Sql.update(
                connection,
                dialect.sql("update chassis_outbox_relay set expires_at = :now + ? where owner = ?"),
                length.toMillis(),
                owner);
        if (known == 0) {
            Sql.update(
                    connection,
                    dialect.sql("insert into chassis_outbox_relay (owner, expires_at) values (?, :now + ?)"),
                    owner,
                    length.toMillis());
        }
        Sql.update(connection, dialect.sql("delete from chassis_outbox_relay where expires_at <= :now"));
        int living = Sql.query(connection, "select count(*) from chassis_outbox_relay", row -> row.getInt(1))
                .get(0);
        return (Partitions.COUNT + living - 1) / Math.max(1, living);
    }

    /** In random order, so that tasks which start together do not all ask for the same one. */
    private void take(Connection connection, Set<Integer> partitions) throws SQLException {
        List<Integer> free = Sql.query(
                connection,
                dialect.sql("select partition_no from chassis_outbox_partition where " + FREE),
                row -> row.getInt(1));
        Collections.shuffle(free);
        for (Integer partition : free) {
            if (partitions.size() < share && take(connection, partition)) {
                partitions.add(partition);
            }
        }
    }

    private boolean take(Connection connection, int partition) throws SQLException {
        return Sql.update(
                        connection,
                        dialect.sql("update chassis_outbox_partition set owner = ?, expires_at = :now + ?"
                                + " where partition_no = ? and " + FREE),
                        owner,
                        length.toMillis(),
                        partition)
                == 1;
    }

    private void giveBack(List<Integer> some) throws SQLException {
        Lease before = lease;
        Set<Integer> rest = new TreeSet<>(before.partitions);
        some.forEach(rest::remove);
        lease = new Lease(Set.copyOf(rest), before.validUntil); // I3: first we stop, then others may begin
        try (Connection connection = database.getConnection()) {
            for (Integer partition : some) {
                Sql.update(
                        connection,
                        "update chassis_outbox_partition set owner = '', expires_at = 0 where partition_no = ? and owner = ?",
                        partition,
                        owner);
            }
        }
    }
}
