package dev.chassis.redis;

import dev.chassis.lifecycle.TransientFailureException;
import io.netty.handler.codec.DecoderException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
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

    /** What a future wrapped. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wraps = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wraps && cause != null ? cause : failure;
    }

    /** The innermost cause says it best, that of a suppressed failure above all: a cluster hides the reasons of its nodes there. */
    static String reason(Throwable failure) {
        List<Throwable> all = all(failure);
        Throwable innermost =
                all.stream().filter(Failures::isLasting).findFirst().orElse(all.get(all.size() - 1));
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }

    private static boolean lasts(Throwable failure) {
        List<Throwable> all = all(failure);
        return all.stream().noneMatch(DnsNameResolverTimeoutException.class::isInstance)
                && all.stream().anyMatch(Failures::isLasting);
    }

    /** The failure, what was suppressed by it, and its cause with the same. */
    private static List<Throwable> all(Throwable failure) {
        List<Throwable> all = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(failure, all, seen);
        return all;
    }

    private static void collect(@Nullable Throwable failure, List<Throwable> all, Set<Throwable> seen) {
        if (failure != null && seen.add(failure)) {
            all.add(failure);
            for (Throwable suppressed : failure.getSuppressed()) {
                collect(suppressed, all, seen);
            }
            collect(failure.getCause(), all, seen);
        }
    }

    private static boolean isLasting(Throwable cause) {
        return cause instanceof UnknownHostException
                || cause instanceof Starting.WrongModeException
                || cause instanceof SSLException
                || cause instanceof GeneralSecurityException
                || cause instanceof DecoderException
                || cause instanceof TlsMismatchException
                || saysLasting(cause.getMessage());
    }

    private static boolean saysLasting(@Nullable String message) {
        return message != null && LASTING.stream().anyMatch(message::startsWith);
    }
}
