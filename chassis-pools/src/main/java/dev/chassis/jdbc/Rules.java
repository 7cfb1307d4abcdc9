package dev.chassis.jdbc;

import dev.chassis.config.Checked.Problems;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules between the keys of a pool. HikariCP would change what breaks them, and only say so in the log. Stateless. */
final class Rules {

    private static final Duration HIKARI_KEEPALIVE = Duration.ofSeconds(30);
    private static final Duration HIKARI_LEAK = Duration.ofSeconds(2);
    private static final Pattern SECRET = Pattern.compile("[?&;]password=|//[^/?]*:[^/?]*@");
    private static final Pattern TIMEOUT = Pattern.compile("[?&;](sockettimeout|connecttimeout|logintimeout)=");

    private Rules() {}

    /** Tells every rule that is broken; {@code address} is what the URL will be if it is not set, empty if that is not known. */
    static void check(JdbcConfig config, String prefix, boolean hasDefault, boolean hasSupplier, Problems problems) {
        checkUrl(config, prefix, hasDefault, problems);
        checkCredentials(config, prefix, hasSupplier, problems);
        checkSizes(config, prefix, problems);
        checkTimes(config, prefix, problems);
    }

    private static void checkUrl(JdbcConfig config, String prefix, boolean hasDefault, Problems problems) {
        if (config.url().isEmpty()) {
            if (!hasDefault) {
                problems.add(prefix + ".url", "a JDBC URL, such as " + Target.EXAMPLE);
            }
            return;
        }
        String url = config.url().get();
        String lower = url.toLowerCase(Locale.ROOT);
        if (SECRET.matcher(lower).find()) {
            problems.add(prefix + ".url", "a URL without a password, which belongs into " + prefix + ".password");
            return; // a driver that looked at it might log it
        }
        if (TIMEOUT.matcher(lower).find()) {
            problems.add(
                    prefix + ".url",
                    "a URL without time-outs, which are " + prefix + ".connect-timeout and " + prefix
                            + ".socket-timeout");
        }
        try {
            Drivers.find(url, config.driver());
        } catch (IllegalArgumentException e) {
            problems.add(prefix + (config.driver().isPresent() ? ".driver" : ".url"), String.valueOf(e.getMessage()));
        }
    }

    private static void checkCredentials(JdbcConfig config, String prefix, boolean hasSupplier, Problems problems) {
        if (hasSupplier && config.user().isPresent()) {
            problems.add(prefix + ".user", "nothing, because the service gives credentials by withCredentials");
        }
        if (Target.password(config).isPresent() && config.user().isEmpty()) {
            problems.add(prefix + ".user", "a user, as " + prefix + ".password is set");
        }
    }

    private static void checkSizes(JdbcConfig config, String prefix, Problems problems) {
        if (config.minIdle().orElse(0) > config.maxSize()) {
            problems.add(prefix + ".min-idle", "at most " + prefix + ".max-size, " + config.maxSize());
        }
    }

    private static void checkTimes(JdbcConfig config, String prefix, Problems problems) {
        Duration lifetime = config.maxLifetime();
        if (config.validationTimeout().compareTo(config.borrowTimeout()) >= 0) {
            problems.add(
                    prefix + ".validation-timeout",
                    "less than " + prefix + ".borrow-timeout, " + text(config.borrowTimeout()));
        }
        if (!isOffOrWithin(config.keepalive(), HIKARI_KEEPALIVE, lifetime.minusMillis(1))) {
            problems.add(
                    prefix + ".keepalive",
                    "0s, or 30s and more and less than " + prefix + ".max-lifetime, " + text(lifetime));
        }
        if (!isOffOrWithin(config.leakThreshold(), HIKARI_LEAK, lifetime)) {
            problems.add(
                    prefix + ".leak-threshold",
                    "0s, or 2s and more and at most " + prefix + ".max-lifetime, " + text(lifetime));
        }
        boolean elastic = config.minIdle().orElse(config.maxSize()) < config.maxSize();
        if (elastic && config.idleTimeout().plusSeconds(1).compareTo(lifetime) > 0) {
            problems.add(
                    prefix + ".idle-timeout", "at least 1s less than " + prefix + ".max-lifetime, " + text(lifetime));
        }
    }

    private static boolean isOffOrWithin(Duration value, Duration from, Duration to) {
        return value.isZero() || value.compareTo(from) >= 0 && value.compareTo(to) <= 0;
    }

    private static String text(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
