package dev.chassis.hazelcast;

import java.util.concurrent.ExecutionException;

/** What a thread of ours failed with. Stateless. */
final class Causes {

    private Causes() {}

    /** The cause as an exception that can be thrown; an error is thrown here. */
    static Exception of(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof Exception exception ? exception : failure;
    }
}
