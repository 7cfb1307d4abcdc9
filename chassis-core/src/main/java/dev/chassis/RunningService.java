package dev.chassis;

import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.ServiceState;
import dev.chassis.lifecycle.StartLedger;
import java.util.concurrent.CompletionStage;

/** A service that has become ready. Thread-safe. */
public interface RunningService extends AutoCloseable {

    /** Its name. */
    String name();

    /** Where it is in its life. */
    ServiceState state();

    /** Where the time of its start went. */
    StartLedger ledger();

    /** The port HTTP is served on: what the configuration says, or what the system gave for 0. */
    int port();

    /** The port of the admin endpoints. */
    int adminPort();

    /**
     * Begins the drain, once; later calls return the same stage. On return readiness fails.
     *
     * @param cause what asked for it, for the report
     * @return completes with the report when everything is stopped; never exceptionally
     */
    CompletionStage<DrainReport> drain(String cause);

    /** Drains and waits for it. Idempotent. */
    @Override
    void close();
}
