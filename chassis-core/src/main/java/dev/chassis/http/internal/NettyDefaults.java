package dev.chassis.http.internal;

/** What netty reads once, from system properties, before anything of it is used. Whoever has set one keeps it. */
final class NettyDefaults {

    private NettyDefaults() {}

    /** Sets what is not set. Netty's own events for Flight Recorder cost a start more than the whole configuration does. */
    static void apply() {
        if (System.getProperty("io.netty.jfr.enabled") == null) {
            System.setProperty("io.netty.jfr.enabled", "false");
        }
    }
}
