package dev.chassis.inbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A store of keys that expire, as far as the inbox needs one. The service implements it over what it has; over Redis:
 *
 * <pre>{@code
 * putIfAbsent   SET key value NX GET PX millis        (Redis 7.0; before, SET NX and then GET)
 * put           SET key value PX millis
 * remove        a script: DEL key if GET key is value
 * }</pre>
 *
 * <p>Thread-safe. A failure is an exception.
 */
public interface Claims {

    /**
     * Puts a value where there is none, atomically.
     *
     * @return null if it was put; else the value that is there
     */
    @Nullable
    String putIfAbsent(String key, String value, Duration timeToLive) throws Exception;

    /** Puts a value, whatever is there. */
    void put(String key, String value, Duration timeToLive) throws Exception;

    /** Removes a key if it has this value, atomically. */
    void remove(String key, String value) throws Exception;
}
