package dev.chassis.http.internal;

/** What netty reads once, from system properties, before anything of it is used. Whoever has set one keeps it. */
final class NettyDefaults {

    private NettyDefaults() {}

    /**
     * Sets what is not set. Netty's own events for Flight Recorder cost a start more than the whole configuration does; the pooled
     * allocator serves short requests on few event loops with less work than the adaptive one.
     */
    static void apply() {
        setIfAbsent("io.netty.jfr.enabled", "false");
        setIfAbsent("io.netty.allocator.type", "pooled");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
