package dev.chassis.http.internal;

/** What netty reads once, from system properties, before anything of it is used. Whoever has set one keeps it. */
final class NettyDefaults {

    private NettyDefaults() {}

    /**
     * Sets what is not set. Netty's own events for Flight Recorder cost a start more than the whole configuration does. Its search for leaked
     * buffers writes down where some of them were allocated: 2 % of a request, to find mistakes that only this package can make. The id of the
     * process is told, because netty would find it by reflection.
     */
    static void apply() {
        setIfAbsent("io.netty.jfr.enabled", "false");
        setIfAbsent("io.netty.processId", Long.toString(ProcessHandle.current().pid()));
        if (System.getProperty("io.netty.leakDetectionLevel") == null) { // its older name
            setIfAbsent("io.netty.leakDetection.level", "disabled");
        }
    }

    private static void setIfAbsent(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
