package dev.chassis.redis;

/** No connection was given back within the borrow time-out. The message says how many are lent, for how long, and who else waits. */
public final class RedisExhaustedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisExhaustedException(String message) {
        super(message);
    }
}
