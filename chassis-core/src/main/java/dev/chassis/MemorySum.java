package dev.chassis;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.function.Predicate;

/**
 * What the JVM may come to need, in bytes. Where it has a cap, the cap counts; where it has none, what it has now. Two are neither:
 *
 * <ul>
 *   <li>compiled code has a cap of 240 MiB by default, of which a service fills a fraction: 48 MiB counts, what HotSpot reserves for one
 *       compiler alone, or what it has already, if that is more
 *   <li>the stack of each thread that lives now counts in full
 * </ul>
 *
 * @param directCapped whether {@code -XX:MaxDirectMemorySize} is set; else direct buffers may grow as large as the heap
 */
record MemorySum(
        long heap,
        long direct,
        boolean directCapped,
        long metaspace,
        boolean metaspaceCapped,
        long code,
        long stacks,
        int threads) {

    private static final long MIB = 1024L * 1024;
    private static final long KIB = 1024;
    private static final long USUAL_CODE = 48 * MIB;

    /** Of this JVM, now. Loads the management beans, which is not for a start. */
    static MemorySum ofJvm() {
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long directCap = flag(flags, "MaxDirectMemorySize");
        long metaspaceCap = flag(flags, "MaxMetaspaceSize");
        boolean isMetaspaceCapped = metaspaceCap > 0 && metaspaceCap < Long.MAX_VALUE / 2;
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long code = Math.max(committed(name -> name.startsWith("Code")), USUAL_CODE);
        return new MemorySum(
                Runtime.getRuntime().maxMemory(),
                directCap > 0 ? directCap : buffers(),
                directCap > 0,
                isMetaspaceCapped ? metaspaceCap : committed(name -> name.equals("Metaspace")),
                isMetaspaceCapped,
                Math.min(code, flag(flags, "ReservedCodeCacheSize")),
                threads * flag(flags, "ThreadStackSize") * KIB,
                threads);
    }

    /** All of it. */
    long total() {
        return heap + direct + metaspace + code + stacks;
    }

    /** The arithmetic against a limit, on one line. */
    String line(MemoryLimit limit) {
        return "heap " + mib(heap) + " + direct " + mib(direct) + uncapped(directCapped) + " + metaspace "
                + mib(metaspace)
                + uncapped(metaspaceCapped) + " + code " + mib(code) + " + stacks " + mib(stacks) + " (" + threads
                + " threads) = " + mib(total()) + (total() <= limit.bytes() ? " <= " : " > ") + mib(limit.bytes())
                + " MiB of " + limit.source();
    }

    private static String uncapped(boolean capped) {
        return capped ? "" : " (so far, no cap)";
    }

    static long mib(long bytes) {
        return bytes / MIB;
    }

    private static long flag(HotSpotDiagnosticMXBean flags, String name) {
        return Long.parseLong(flags.getVMOption(name).getValue());
    }

    private static long committed(Predicate<String> isWanted) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.NON_HEAP && isWanted.test(pool.getName()))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getCommitted())
                .sum();
    }

    private static long buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
