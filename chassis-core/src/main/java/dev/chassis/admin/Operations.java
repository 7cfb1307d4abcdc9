package dev.chassis.admin;

import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.LogControl;
import dev.chassis.lifecycle.ServiceState;
import dev.chassis.lifecycle.StartLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the admin endpoints may ask of the service they belong to. The root package implements it; the endpoints know nothing else of it.
 *
 * <p>Implementations are thread-safe; no method blocks.
 */
public interface Operations {

    /** What was built: {@code name}, {@code version} and, where the manifest says it, {@code commit}. */
    Map<String, String> build();

    /** Which task of which platform this is, by name of what is known of it; empty while nothing is. */
    Map<String, String> task();

    /** The effective configuration, secrets masked, in the order it should be shown in. */
    List<ConfigEntry> configuration();

    /** Where the service is in its life. */
    ServiceState state();

    /** Where the time of the start went, once it is over. */
    Optional<StartLedger> ledger();

    /** Work in flight per component; components without any may be left out. */
    Map<String, Integer> inFlight();

    /** Begins the drain with the cause {@code admin}, unless it has begun already. Returns at once. */
    void drain();

    /** What the drain has done so far; empty before its first phase is over. The whole of it is only logged: by then this port is closed. */
    Optional<DrainReport> lastDrain();

    /** The logging system, if the chassis steers it. */
    Optional<LogControl> logControl();
}
