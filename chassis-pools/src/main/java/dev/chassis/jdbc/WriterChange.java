package dev.chassis.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.chassis.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what statements fail with. A server that refuses to write was the writer once: the connection goes, and all others of the pool,
 * which were made to the same server, with it; that at most once per 5 s, because the new ones may still lead to the old writer until DNS
 * follows. Thread-safe.
 */
final class WriterChange implements SQLExceptionOverride {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.jdbc");
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final String pool;
    private final boolean readOnly;
    private final Ticker ticker;
    private final Runnable evictAll;
    private final AtomicBoolean seen = new AtomicBoolean();
    private final AtomicLong lastNanos = new AtomicLong();

    /** {@code evictAll} is called by the thread whose statement failed, and must not block. */
    WriterChange(String pool, boolean readOnly, Ticker ticker, Runnable evictAll) {
        this.pool = pool;
        this.readOnly = readOnly;
        this.ticker = ticker;
        this.evictAll = evictAll;
    }

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        if (SqlStates.isSwitchedOver(failure)) {
            return Override.DO_NOT_EVICT;
        }
        if (readOnly || !SqlStates.isReadOnlyServer(failure)) {
            return Override.CONTINUE_EVICT;
        }
        if (isFirst()) {
            LOG.warn(
                    "Pool {}: the server has become read-only, all connections are replaced: {}",
                    pool,
                    failure.getMessage());
            evictAll.run();
        }
        return Override.MUST_EVICT;
    }

    private boolean isFirst() {
        long now = ticker.nanos();
        if (seen.compareAndSet(false, true)) {
            lastNanos.set(now);
            return true;
        }
        long last = lastNanos.get();
        return now - last >= PAUSE.toNanos() && lastNanos.compareAndSet(last, now);
    }
}
