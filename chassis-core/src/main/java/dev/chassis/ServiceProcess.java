package dev.chassis;

import dev.chassis.admin.ThreadDump;
import dev.chassis.config.ConfigException;
import dev.chassis.http.HttpServer;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.ExitCode;
import dev.chassis.lifecycle.StartException;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that is its process: signals, exit codes, and the watchdog that ends a drain which does not end.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>I1: the first signal asks for the drain, the second halts; no signal is swallowed, whatever is under way.
 *   <li>I2: the process ends by {@link System#exit} after the logs are flushed, or by {@link Runtime#halt} when it was forced or out of
 *       time; never by the last thread just ending.
 *   <li>I3: nobody waits for {@code System.exit} while a shutdown hook waits for them.
 * </ul>
 */
final class ServiceProcess {

    /** What the drain may take beyond its budget before the watchdog ends it. */
    private static final Duration WATCHDOG_MARGIN = Duration.ofSeconds(2);

    private static final Duration FORCED_FLUSH = Duration.ofMillis(500);

    private static final Duration FINAL_FLUSH = Duration.ofSeconds(2);

    private final AtomicReference<@Nullable ChassisService> service =
            new AtomicReference<>(); // set once, by the main thread
    private final AtomicReference<@Nullable String> signalled =
            new AtomicReference<>(); // I1: set once, by the first signal
    private final CountDownLatch listening = new CountDownLatch(1); // until both signals are handled here

    private ServiceProcess() {}

    /**
     * A process that is about to {@linkplain #run run} a service. A start is mostly the loading of classes, and there is more than one processor
     * to do it: the signals, and what HTTP needs, are seen to from here on, beside whatever the caller does.
     */
    static ServiceProcess prepared() {
        ServiceProcess process = new ServiceProcess();
        beside("prepare", HttpServer::preload);
        beside("signals", process::listen);
        return process;
    }

    /** Whoever needs a class that is being loaded here waits for it; whoever fails here fails again where somebody hears of it. */
    private static void beside(String name, Runnable preparation) {
        Thread thread = new Thread(preparation, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, cause) -> {});
        thread.start();
    }

    private void listen() {
        try {
            Signals.handle("TERM", () -> onSignal("SIGTERM"));
            Signals.handle("INT", () -> onSignal("SIGINT"));
        } finally {
            listening.countDown();
        }
    }

    /**
     * Runs the service; returns when it is ready, or ends the process.
     *
     * @param listing lists its parts
     * @param whenReady is run here when it is
     */
    void run(Supplier<Assembler> listing, long originNanos, Consumer<ChassisService> whenReady) {
        try {
            ChassisService assembled = listing.get().build();
            service.set(assembled);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> onExit(assembled), "shutdown-hook"));
            listening.await(); // I1: from here on there is something to drain
            assembled.start(originNanos);
            new Thread(() -> exitWhenDrained(assembled), "exit").start();
            whenReady.accept(assembled);
        } catch (ConfigException e) {
            log().error("{}", e.getMessage());
            exit(ExitCode.BAD_CONFIG);
        } catch (StartException e) {
            log().error("The service did not start", e);
            exit(code(e.reason()));
        } catch (InterruptedException e) {
            log().error("Interrupted while the service was assembled");
            exit(ExitCode.START_FAILED);
        } catch (RuntimeException | Error e) {
            log().error("The service could not be assembled or started", e);
            exit(ExitCode.START_FAILED);
        }
    }

    /** I1. On a thread of the JVM's, which must not be kept. */
    private void onSignal(String signal) {
        ChassisService running = service.get();
        if (running == null || !signalled.compareAndSet(null, signal)) {
            new Thread(() -> force(signal), "force").start();
            return;
        }
        log().info("{} received, draining", signal);
        startWatchdog(running);
        // Ctrl-C is a developer at a terminal: there is no load balancer to wait for.
        running.drain(signal, signal.equals("SIGINT") ? Duration.ZERO : running.announceCeiling());
    }

    private void force(String signal) {
        log().warn("{} forces the end", signal);
        flush(FORCED_FLUSH);
        Runtime.getRuntime().halt(ExitCode.FORCED.number());
    }

    /** I2. On a thread of its own that is no daemon, so that the process lives as long as its service. */
    private void exitWhenDrained(ChassisService running) {
        DrainReport report = running.drained().toCompletableFuture().join();
        exit(report.verdict() == DrainReport.Verdict.ABANDONED ? ExitCode.WORK_ABANDONED : ExitCode.CLEAN);
    }

    /** Somebody called System.exit: drain all the same. After our own exit there is nothing left to do (I3). */
    private void onExit(ChassisService running) {
        startWatchdog(running);
        running.drain("exit", running.announceCeiling());
        running.drained().toCompletableFuture().join();
        flush(FORCED_FLUSH);
    }

    private void startWatchdog(ChassisService running) {
        Duration patience = running.drainBudget().plus(WATCHDOG_MARGIN);
        Thread watchdog = new Thread(() -> watch(running, patience), "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private void watch(ChassisService running, Duration patience) {
        CountDownLatch ended = new CountDownLatch(1);
        running.drained().whenComplete((report, failure) -> ended.countDown());
        try {
            if (!ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                log().error(
                                "The drain did not end within {} ms; every thread:\n{}",
                                patience.toMillis(),
                                ThreadDump.take());
                flush(FORCED_FLUSH);
                Runtime.getRuntime().halt(ExitCode.DEADLINE_EXCEEDED.number());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void exit(ExitCode code) {
        flush(FINAL_FLUSH);
        System.exit(code.number());
    }

    private void flush(Duration patience) {
        ChassisService running = service.get();
        if (running != null) {
            running.flushLogs(Deadline.after(patience));
        } else {
            LogControls.find().ifPresent(logs -> logs.flush(Deadline.after(patience)));
        }
    }

    /** No constant: to make it loads the logging system, which is better done when the threads beside have begun. */
    private static Logger log() {
        return LoggerFactory.getLogger("dev.chassis.process");
    }

    private static ExitCode code(StartException.Reason reason) {
        return switch (reason) {
            case FAILED, TIMED_OUT -> ExitCode.START_FAILED;
            case DEPENDENCY_UNAVAILABLE -> ExitCode.DEPENDENCY_UNAVAILABLE;
            case CANCELLED -> ExitCode.FORCED;
        };
    }
}
