package dev.chassis.messaging;

import org.jspecify.annotations.Nullable;

/** A body that is not what the consumer was told to expect. It never will be, so it is not tried again. */
final class UndecodableException extends Exception {

    private static final long serialVersionUID = 1L;

    UndecodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
