package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * No node took us in. Tells failures that pass (refused, timed out, reset, unknown name) from those that a person must end (login, virtual
 * host, certificate).
 */
final class DialException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    private DialException(String message, boolean lasting, Throwable cause) {
        super(message, cause);
        this.lasting = lasting;
    }

    /** Of the failures of all addresses the one that says most: what lasts, else the last. */
    static DialException of(Target target, List<Exception> failures) {
        for (Exception failure : failures) {
            String expected = expected(failure);
            if (expected != null) {
                return new DialException(text(target, failure) + " (expected: " + expected + ")", true, failure);
            }
        }
        Exception last = failures.get(failures.size() - 1);
        return new DialException(text(target, last), false, last);
    }

    /** Whether no retry will help. */
    boolean isLasting() {
        return lasting;
    }

    private static String text(Target target, Throwable failure) {
        return "connecting to " + target + " failed: " + reason(failure);
    }

    /** What the broker said, if it did; else what happened, with its kind, because messages like "null" and "5672" say nothing. */
    static String reason(Throwable failure) {
        AMQP.Connection.Close close = close(failure);
        if (close != null) {
            return close.getReplyCode() + " " + close.getReplyText();
        }
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        String kind = innermost.getClass().getSimpleName();
        return message == null ? kind : kind + ": " + message;
    }

    /** The message of one of ours, else the reason. */
    static String message(Throwable failure) {
        String message = failure.getMessage();
        boolean ours = failure instanceof DialException || failure instanceof TopologyException;
        return ours && message != null ? message : reason(failure);
    }

    /** Null if it passes. */
    private static @Nullable String expected(Throwable failure) {
        if (failure instanceof AuthenticationFailureException) {
            return "a user of the broker and its password in the keys username and password";
        }
        if (failure instanceof SSLException) {
            return "with tls.enabled, a port that speaks TLS, and a certificate for its host name"
                    + " from somebody we trust, see tls.ca-certificate";
        }
        AMQP.Connection.Close close = close(failure);
        // RabbitMQ 3.10, rabbit_reader and rabbit_access_control: 530 is also what a limit of connections is answered
        // with, and that passes
        return close != null
                        && close.getReplyCode() == AMQP.NOT_ALLOWED
                        && !close.getReplyText().contains("limit")
                ? "a virtual host of the broker that the user may use in the key virtual-host"
                : null;
    }

    private static AMQP.Connection.@Nullable Close close(@Nullable Throwable failure) {
        if (failure instanceof ShutdownSignalException signal) {
            return signal.getReason() instanceof AMQP.Connection.Close close ? close : null;
        }
        return failure instanceof IOException ? close(failure.getCause()) : null;
    }
}
