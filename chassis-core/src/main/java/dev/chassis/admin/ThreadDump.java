package dev.chassis.admin;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Every platform thread with its whole stack, the monitors and locks it holds and what it waits for, deadlocks first. Virtual threads
 * are not in it: the JVM's management interface does not tell them.
 */
public final class ThreadDump {

    private final StringBuilder text = new StringBuilder();

    private ThreadDump() {}

    /** What every thread is doing now, as text. Any thread. */
    public static String take() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ThreadInfo[] infos = threads.dumpAllThreads(true, true);
        Arrays.sort(infos, Comparator.comparing(ThreadInfo::getThreadName).thenComparing(ThreadInfo::getThreadId));
        ThreadDump dump = new ThreadDump();
        dump.deadlocks(threads.findDeadlockedThreads(), infos);
        for (ThreadInfo info : infos) {
            dump.thread(info);
        }
        return dump.text.toString();
    }

    private void deadlocks(long @Nullable [] ids, ThreadInfo[] infos) {
        if (ids == null) {
            return;
        }
        line("DEADLOCK of ").append(ids.length).append(" threads:");
        for (ThreadInfo info : infos) {
            if (Arrays.stream(ids).anyMatch(id -> id == info.getThreadId())) {
                head(info);
            }
        }
        text.append('\n');
    }

    private void thread(ThreadInfo info) {
        head(info);
        StackTraceElement[] stack = info.getStackTrace();
        for (int depth = 0; depth < stack.length; depth++) {
            line("    at ").append(place(stack[depth]));
            for (MonitorInfo monitor : info.getLockedMonitors()) {
                if (monitor.getLockedStackDepth() == depth) {
                    line("    - locked ").append(monitor);
                }
            }
        }
        for (LockInfo lock : info.getLockedSynchronizers()) {
            line("    holds ").append(lock);
        }
        text.append('\n');
    }

    private void head(ThreadInfo info) {
        line("\"").append(info.getThreadName()).append("\" #").append(info.getThreadId());
        text.append(info.isDaemon() ? " daemon " : " ").append(info.getThreadState());
        if (info.getLockName() != null) {
            text.append(" on ").append(info.getLockName());
        }
        if (info.getLockOwnerName() != null) {
            text.append(" held by \"").append(info.getLockOwnerName());
            text.append("\" #").append(info.getLockOwnerId());
        }
    }

    /** The frame without class loader and module, which are the same on every line. */
    private static String place(StackTraceElement frame) {
        String method = frame.getClassName() + "." + frame.getMethodName();
        if (frame.isNativeMethod()) {
            return method + "(native)";
        }
        return frame.getFileName() == null
                ? method
                : method + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    }

    private StringBuilder line(String beginning) {
        return text.append(text.isEmpty() ? "" : "\n").append(beginning);
    }
}
