package dev.chassis.process;

import dev.chassis.Chassis;
import java.security.Security;

/** Tells at its end what the JVM remembers of names; the system property {@code own} sets it before. */
public final class NameCachingMain {

    private NameCachingMain() {}

    /** Runs, and exits at once. */
    public static void main(String[] args) {
        String own = System.getProperty("own");
        if (own != null) {
            Security.setProperty("networkaddress.cache.ttl", own);
            Security.setProperty("networkaddress.cache.negative.ttl", own);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(NameCachingMain::tell));
        Chassis.run("names", new String[] {"--version"}, service -> {});
    }

    private static void tell() {
        System.out.println("ttl=" + Security.getProperty("networkaddress.cache.ttl") + " negative="
                + Security.getProperty("networkaddress.cache.negative.ttl"));
    }
}
