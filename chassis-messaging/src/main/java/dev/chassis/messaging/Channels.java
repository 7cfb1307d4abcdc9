package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Closes channels, and reads why they were closed. */
final class Channels {

    private static final int ABORTED = 200;

    private Channels() {}

    /** Closes whatever state it is in; what is unacknowledged goes back. */
    static void abort(Channel channel) {
        try {
            channel.abort(ABORTED, "no longer needed");
        } catch (IOException | RuntimeException broken) {
            // Then it is closed.
        }
    }

    /** The reply code, 0 if it was not the broker's doing. */
    static int code(ShutdownSignalException signal) {
        Object reason = signal.getReason();
        if (reason instanceof AMQP.Channel.Close close) {
            return close.getReplyCode();
        }
        return reason instanceof AMQP.Connection.Close close ? close.getReplyCode() : 0;
    }

    /** Up to 4.2 a delivery acknowledged too late closes the channel with 406, which is no configuration's fault. */
    static boolean isTimeout(ShutdownSignalException signal) {
        String text = text(signal);
        return text.contains("timed out") || text.contains("timeout") || text.contains("unknown delivery tag");
    }

    /** The broker's words, or the client's. */
    static String text(@Nullable Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause;
            if (cause instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close) {
                return close.getReplyText();
            }
        }
        return innermost == null ? "" : String.valueOf(innermost.getMessage());
    }
}
