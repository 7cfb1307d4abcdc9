package dev.chassis.bench.logging;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The process that is measured: logs through SLF4J, whatever stands behind it, at a steady rate, and says on standard error what that has
 * cost, CPU and allocation of all its threads.
 */
public final class Emit {

    private static final Logger LOG = LoggerFactory.getLogger("com.example.orders.OrderService");
    private static final int CHUNK = 500;
    private static final int EVENTS_PER_SECOND = 100_000;
    private static final long SETTLE_NANOS = 300_000_000L;

    private Emit() {}

    /**
     * Emits.
     *
     * @param args {@code line|exception|nothing <warm-up events> <events>}
     * @throws Exception if it is interrupted
     */
    public static void main(String[] args) throws Exception {
        MDC.put("correlation_id", "0af7651916cd43dd8448eb211c80319c");
        MDC.put("trace_id", "0af7651916cd43dd8448eb211c80319c");
        MDC.put("tenant", "north");
        Throwable error = "exception".equals(args[0]) ? failure(40) : null;
        boolean silent = "nothing".equals(args[0]);
        emit(Integer.parseInt(args[1]), error, silent);
        settle();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long cpu = system.getProcessCpuTime();
        long bytes = threads.getTotalThreadAllocatedBytes();
        int events = Integer.parseInt(args[2]);
        emit(events, error, silent);
        settle();
        System.err.println("measured " + (system.getProcessCpuTime() - cpu) / (double) events + " "
                + (threads.getTotalThreadAllocatedBytes() - bytes) / (double) events);
        System.exit(0);
    }

    private static void emit(int events, Throwable error, boolean silent) {
        long begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            if (!silent) {
                one(i, error);
            }
            if (i % CHUNK == 0) {
                long due = begin + (long) i * 1_000_000_000L / EVENTS_PER_SECOND;
                LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
            }
        }
    }

    private static void one(int i, Throwable error) {
        if (error != null) {
            LOG.error("Order {} of {} failed after {} ms", i, "customer-17", 12, error);
        } else {
            LOG.atInfo()
                    .addKeyValue("order", i)
                    .addKeyValue("amount", 12.5)
                    .addKeyValue("state", "placed")
                    .log("Order {} of {} placed in {} ms", i, "customer-17", 12);
        }
    }

    private static void settle() {
        long until = System.nanoTime() + SETTLE_NANOS;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(SETTLE_NANOS);
        }
    }

    private static Throwable failure(int depth) {
        if (depth > 0) {
            return failure(depth - 1);
        }
        Exception root = new IllegalArgumentException("no such order");
        return new IllegalStateException("could not place", new RuntimeException("could not read", root));
    }
}
