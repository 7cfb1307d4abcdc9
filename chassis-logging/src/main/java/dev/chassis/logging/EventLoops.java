package dev.chassis.logging;

/** Knows the threads that must never wait. */
final class EventLoops {

    /** Of netty, by name: its event loops run on threads of this type, and not everybody who logs has netty. */
    private static final String LOOP_THREAD = "io.netty.util.concurrent.FastThreadLocalThread";

    private EventLoops() {}

    static boolean isCurrentThreadOne() {
        for (Class<?> type = Thread.currentThread().getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(LOOP_THREAD)) {
                return true;
            }
        }
        return false;
    }
}
