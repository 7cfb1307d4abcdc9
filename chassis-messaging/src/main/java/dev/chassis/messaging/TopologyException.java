package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exchange, queue or binding cannot be had until a person changes something: the code, or the broker. */
final class TopologyException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Reply codes (AMQP 0-9-1, section 1.2; RabbitMQ docs, "Channels") that no retry changes: no permission, missing, other arguments,
     * unknown type, not allowed, not implemented. 405, locked, passes.
     */
    private static final Set<Integer> LASTING = Set.of(
            AMQP.ACCESS_REFUSED,
            AMQP.NOT_FOUND,
            AMQP.PRECONDITION_FAILED,
            AMQP.COMMAND_INVALID,
            AMQP.NOT_ALLOWED,
            AMQP.NOT_IMPLEMENTED);

    private TopologyException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * The exception for a declaration that failed.
     *
     * @return the failure for the caller to throw, if it passes
     * @throws TopologyException if it does not
     */
    static IOException ifLasting(String what, Exception failure) throws TopologyException {
        ShutdownSignalException signal =
                failure instanceof ShutdownSignalException closed ? closed : cause(failure.getCause());
        if (signal != null && LASTING.contains(Channels.code(signal))) {
            throw new TopologyException(what + ": " + text(signal), failure);
        }
        return failure instanceof IOException io ? io : new IOException(what + " could not be declared", failure);
    }

    private static @Nullable ShutdownSignalException cause(@Nullable Throwable cause) {
        return cause instanceof ShutdownSignalException signal ? signal : null;
    }

    /** What the broker said; it names entity and argument. */
    static String text(ShutdownSignalException signal) {
        if (signal.getReason() instanceof AMQP.Channel.Close channel) {
            return channel.getReplyCode() + " " + channel.getReplyText();
        }
        return DialException.reason(signal);
    }
}
