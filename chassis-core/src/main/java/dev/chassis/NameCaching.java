package dev.chassis;

import java.security.Security;

/**
 * How long the JVM remembers what a name resolved to: 5 s, and 1 s that it did not. Its own defaults, 30 s and 10 s, keep a service on the old
 * writer of a database long after the name has moved.
 *
 * <p>They are security properties, which a {@code -D} flag does not set, and are read once, before the first look-up (Java: Networking
 * Properties, "Address Cache"). Stateless.
 */
final class NameCaching {

    private static final String POSITIVE = "networkaddress.cache.ttl";
    private static final String NEGATIVE = "networkaddress.cache.negative.ttl";

    /** What the JDK's own java.security file says; that of the positive ones is a comment in it. */
    private static final String NEGATIVE_OF_JDK = "10";

    private NameCaching() {}

    /** Sets them where nobody else has: in java.security, by {@code Security.setProperty}, or by the older {@code sun.net.inetaddr} flags. */
    static void shorten() {
        if (Security.getProperty(POSITIVE) == null && System.getProperty("sun.net.inetaddr.ttl") == null) {
            Security.setProperty(POSITIVE, "5");
        }
        String negative = Security.getProperty(NEGATIVE);
        boolean isDefault = negative == null || negative.equals(NEGATIVE_OF_JDK);
        if (isDefault && System.getProperty("sun.net.inetaddr.negative.ttl") == null) {
            Security.setProperty(NEGATIVE, "1");
        }
    }
}
