package dev.chassis.redis;

import dev.chassis.time.Backoff;
import io.lettuce.core.RedisCredentialsProvider;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Asks {@link RedisCredentials} on a thread of its own, for Lettuce: before each connect, and from time to time for all open connections,
 * which Lettuce then logs in again (between transactions, never inside one).
 *
 * <ul>
 *   <li>I1: only the thread {@code <pool>-credentials} calls the provider, emits into {@code renewed} and touches {@code failures}.
 * </ul>
 */
final class RenewedCredentials implements RedisCredentialsProvider, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RenewedCredentials.class);
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final String pool;
    private final RedisCredentials provider;
    private final Duration period;
    private final ScheduledExecutorService thread;
    private final Sinks.Many<io.lettuce.core.RedisCredentials> renewed =
            Sinks.many().multicast().directBestEffort();
    private int failures;

    /** Starts the schedule; the thread begins with its first work. */
    RenewedCredentials(String pool, RedisCredentials provider, Duration period) {
        this.pool = pool;
        this.provider = provider;
        this.period = period;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> daemon(task, pool + "-credentials"));
        schedule(nextPeriod());
    }

    /** Logs every open connection in again soon. Returns at once. */
    void renewNow() {
        thread.execute(this::renew);
    }

    @Override
    public Mono<io.lettuce.core.RedisCredentials> resolveCredentials() {
        return Mono.fromCallable(this::ask).subscribeOn(Schedulers.fromExecutorService(thread));
    }

    @Override
    public boolean supportsStreaming() {
        return true;
    }

    @Override
    public Flux<io.lettuce.core.RedisCredentials> credentials() {
        return renewed.asFlux();
    }

    /** Ends the thread; a provider that is being asked is interrupted. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void renewAndSchedule() {
        schedule(renew() ? nextPeriod() : AFTER_FAILURE.delay(failures++, ThreadLocalRandom.current()));
    }

    private boolean renew() {
        try {
            renewed.tryEmitNext(ask()); // nobody connected is no failure
            failures = 0;
            return true;
        } catch (Exception e) {
            return false; // the connections keep the old ones
        }
    }

    private io.lettuce.core.RedisCredentials ask() throws Exception {
        RedisCredentials.Login login;
        try {
            login = provider.current();
        } catch (Exception e) {
            LOG.warn("{}: no credentials: {}", pool, e.toString()); // Lettuce does not say why a connect failed then
            throw e;
        }
        return io.lettuce.core.RedisCredentials.just(login.username().orElse(null), login.password());
    }

    private void schedule(Duration delay) {
        if (!thread.isShutdown()) {
            thread.schedule(this::renewAndSchedule, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Less by up to a tenth, so that tasks that started together do not log in together. */
    private Duration nextPeriod() {
        return period.minusNanos(ThreadLocalRandom.current().nextLong(period.toNanos() / 10 + 1));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
