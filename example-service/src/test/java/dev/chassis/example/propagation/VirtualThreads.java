package dev.chassis.example.propagation;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Virtual threads of a Java that has them, by reflection: the tests are compiled for 17. */
final class VirtualThreads {

    private static final int FIRST = 21; // JEP 444

    private VirtualThreads() {}

    /** Whether the Java that runs has them. */
    static boolean exist() {
        return Runtime.version().feature() >= FIRST;
    }

    /** Makes virtual threads that tell what nobody catches. */
    static ThreadFactory factory(UncaughtExceptionHandler uncaught) {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object telling = type.getMethod("uncaughtExceptionHandler", UncaughtExceptionHandler.class)
                    .invoke(builder, uncaught);
            return (ThreadFactory) type.getMethod("factory").invoke(telling);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Java " + Runtime.version() + " has virtual threads", e);
        }
    }

    /** A thread per task. */
    static ExecutorService executor(UncaughtExceptionHandler uncaught) {
        try {
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory(uncaught));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Java " + Runtime.version() + " has virtual threads", e);
        }
    }
}
