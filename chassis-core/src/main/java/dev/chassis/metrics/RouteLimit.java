package dev.chassis.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the tag {@code route} take so many values and no more; what comes later is {@code other}. Routes are templates and bounded by
 * nature: this is for the day when somebody tags with a path.
 *
 * <p>Thread-safe. I1: {@code known} never holds more than {@code limit} values; only {@link #admit}, under the lock, adds to it.
 */
final class RouteLimit implements MeterFilter {

    static final String TAG = "route";
    static final String OTHER = "other";

    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private final int limit;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private boolean told; // guarded by this

    RouteLimit(int limit) {
        this.limit = limit;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        String route = id.getTag(TAG);
        return route == null || isAllowed(route) ? id : id.withTag(Tag.of(TAG, OTHER));
    }

    private boolean isAllowed(String route) {
        if (route.equals(OTHER) || known.contains(route) || admit(route)) {
            return true;
        }
        if (isFirstRefusal()) {
            LOG.warn(
                    "more than {} values of the meter tag route, \"{}\" and later ones become \"{}\": is a path used for a template?",
                    limit,
                    route,
                    OTHER);
        }
        return false;
    }

    private synchronized boolean admit(String route) {
        return known.contains(route) || known.size() < limit && known.add(route); // I1
    }

    private synchronized boolean isFirstRefusal() {
        boolean first = !told;
        told = true;
        return first;
    }
}
