package dev.chassis.redis;

import dev.chassis.time.Deadline;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has while it is started. Immutable.
 *
 * @param ownsResources whether the threads end with it
 */
record Live<K, V>(
        LinkSettings settings, Links links, Links.Shared<K, V> shared, Leases<K, V> leases, boolean ownsResources) {

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Closes everything; waits until it is closed, or until the deadline. What is left then ends without anybody waiting. */
    void close(Deadline deadline) {
        end(settings, links, ownsResources, deadline);
    }

    static void end(LinkSettings settings, @Nullable Links links, boolean ownsResources, Deadline deadline) {
        if (settings.credentials() != null) {
            settings.credentials().close();
        }
        boolean interrupted = false;
        if (links != null) {
            interrupted = await(links.shutdown(), deadline);
        }
        if (ownsResources) {
            Future<Boolean> ended = settings.resources().shutdown(0, nanos(deadline), TimeUnit.NANOSECONDS);
            CompletableFuture<Void> adapted = new CompletableFuture<>();
            ended.addListener(done -> adapted.complete(null));
            interrupted |= await(adapted, deadline);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the thread was interrupted; then nothing more is waited for, but everything is told to end. */
    private static boolean await(CompletableFuture<Void> ended, Deadline deadline) {
        try {
            ended.completeOnTimeout(null, nanos(deadline), TimeUnit.NANOSECONDS).get();
            return false;
        } catch (InterruptedException e) {
            return true;
        } catch (java.util.concurrent.ExecutionException e) {
            return false; // a socket that does not close cleanly ends with its event loop
        }
    }

    private static long nanos(Deadline deadline) {
        return Math.min(deadline.remainingNanos(), LONGEST_NANOS);
    }
}
