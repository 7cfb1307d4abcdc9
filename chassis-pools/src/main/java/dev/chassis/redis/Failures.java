package dev.chassis.redis;

import dev.chassis.lifecycle.TransientFailureException;
import io.netty.handler.codec.DecoderException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells failures that pass from those that a person must end. */
final class Failures {

    /** How answers begin that no retry changes (Redis source: "shared" replies and acl.c). */
    private static final List<String> LASTING = List.of(
            "WRONGPASS",
            "NOAUTH",
            "NOPERM",
            "ERR invalid password",
            "ERR AUTH",
            "ERR Client sent AUTH",
            "ERR DB index",
            "ERR invalid DB index",
            "ERR This instance has cluster support disabled",
            "ERR unknown command",
            "ERR unknown subcommand",
            "DENIED");

    private Failures() {}

    /**
     * The exception to end an attempt to start with.
     *
     * @param what what was tried: {@code redis: connecting to redis://127.0.0.1:6379}
     */
    static RuntimeException of(String what, Throwable failure) {
        String reason = what + " failed: " + reason(failure);
        return lasts(failure)
                ? new IllegalStateException(reason, failure)
                : new TransientFailureException(reason, failure);
    }

    /** The innermost cause says it best. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }

    private static boolean lasts(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DnsNameResolverTimeoutException) {
                return false;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isLasting(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLasting(Throwable cause) {
        return cause instanceof UnknownHostException
                || cause instanceof Starting.WrongModeException
                || cause instanceof SSLException
                || cause instanceof GeneralSecurityException
                || cause instanceof DecoderException
                || saysLasting(cause.getMessage());
    }

    private static boolean saysLasting(@Nullable String message) {
        return message != null && LASTING.stream().anyMatch(message::startsWith);
    }
}
