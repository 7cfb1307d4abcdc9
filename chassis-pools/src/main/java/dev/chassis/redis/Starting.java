package dev.chassis.redis;

import dev.chassis.time.Deadline;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One attempt to start a pool. */
record Starting<K, V>(String pool, RedisConfig config, RedisCodec<K, V> codec, ConnectionWatch watch) {

    private static final Duration CLEAN_UP = Duration.ofSeconds(2);

    /** Opens everything, or closes what it has opened and throws. */
    Live<K, V> start(LinkSettings settings, Deadline deadline, boolean ownsResources) throws Exception {
        Links links = null;
        try {
            links = settings.open();
            return new Live<>(settings, links, open(links, settings, deadline), leases(links), ownsResources);
        } catch (Exception | Error e) {
            Live.end(settings, links, ownsResources, Deadline.after(CLEAN_UP));
            throw e;
        }
    }

    private Links.Shared<K, V> open(Links links, LinkSettings settings, Deadline deadline) throws InterruptedException {
        String connecting = connecting(settings);
        Links.Shared<K, V> shared = Waiting.get(probed(links.openShared(codec), settings), deadline, connecting);
        for (CompletableFuture<? extends StatefulRedisConnection<K, V>> server : shared.servers()) {
            Waiting.get(server.thenCompose(connection -> verify(connection, links)), deadline, connecting);
        }
        return shared;
    }

    /** A client and a server that disagree about TLS wait for each other, or break off without a reason. */
    private <T> CompletionStage<T> probed(CompletionStage<T> opened, LinkSettings settings) {
        Address url = settings.url();
        return url == null
                ? opened
                : opened.whenCompleteAsync((connection, failure) -> {
                    if (failure != null) {
                        Throwable first = Failures.unwrap(failure);
                        TlsMismatchException.ifAny(url, config.connectTimeout()).ifPresent(first::addSuppressed);
                    }
                });
    }

    private Leases<K, V> leases(Links links) {
        return new Leases<>(pool, config, links, codec);
    }

    private String connecting(LinkSettings settings) {
        return pool + ": connecting to "
                + (settings.url() != null ? settings.url() : config.nodes().orElseThrow());
    }

    private CompletionStage<Void> verify(StatefulRedisConnection<K, V> connection, Links links) {
        connection.setTimeout(config.commandTimeout());
        return connection
                .async()
                .ping()
                .thenCompose(pong -> connection.async().info("server"))
                .exceptionally(Starting::ifForbidden)
                .thenAccept(info -> verifyMode(info, links.serverMode()));
    }

    /** Who may not ask for the mode is not told it; nothing else is wrong. */
    private static @Nullable String ifForbidden(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof RedisCommandExecutionException
                && String.valueOf(cause.getMessage()).contains("'info'")) {
            return null;
        }
        throw new CompletionException(cause);
    }

    private void verifyMode(@Nullable String info, String expected) {
        if (info == null) {
            return;
        }
        info.lines()
                .filter(line -> line.startsWith("redis_mode:") && !line.endsWith(":" + expected))
                .findFirst()
                .ifPresent(line -> {
                    throw new WrongModeException(
                            "the server says " + line + " (expected: " + expected + ", see the key mode)");
                });
    }

    /** Lasts until somebody changes a key. */
    static final class WrongModeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongModeException(String message) {
            super(message);
        }
    }
}
