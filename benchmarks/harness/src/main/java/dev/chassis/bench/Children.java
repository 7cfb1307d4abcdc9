package dev.chassis.bench;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Every process we start, so that none outlives the harness, however it ends. */
final class Children {
    private static final Children ALL = new Children();

    private final Set<Process> alive = new HashSet<>();
    private boolean closed;

    private Children() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll, "kill-children"));
    }

    /** Starts a process that dies with us. */
    static Process start(ProcessBuilder builder) throws IOException {
        return ALL.add(builder);
    }

    /** Kills a process and waits until it is gone. */
    static void kill(Process process) {
        process.destroyForcibly().onExit().join();
    }

    private synchronized Process add(ProcessBuilder builder) throws IOException {
        if (closed) {
            throw new IllegalStateException("the harness is shutting down");
        }
        Process process = builder.start();
        alive.add(process);
        process.onExit().thenAccept(this::remove);
        return process;
    }

    private synchronized void remove(Process process) {
        alive.remove(process);
    }

    private synchronized void killAll() {
        closed = true;
        alive.forEach(Process::destroyForcibly);
    }
}
