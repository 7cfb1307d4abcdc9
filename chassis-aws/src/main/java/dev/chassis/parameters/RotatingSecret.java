package dev.chassis.parameters;

import dev.chassis.config.ParameterStore.Answers;
import dev.chassis.config.ParameterStore.Kind;
import dev.chassis.config.ParameterStore.Reference;
import dev.chassis.config.StoreReading;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login that is read anew each time, on a thread of its own: nothing can wake a thread that waits for AWS in the middle of an answer, and who
 * asked has a time limit. Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code running}, {@code known} and {@code told} are used under the lock.
 *   <li>I2: whoever puts a future into {@code running} has it read; who reads takes it away again, and completes it.
 * </ul>
 */
final class RotatingSecret<T> implements Supplier<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

    private final SecretReader reader;
    private final Reference user;
    private final Reference password;
    private final BiFunction<String, String, T> login;
    private final Object lock = new Object();
    private @Nullable CompletableFuture<T> running; // I1
    private @Nullable T known; // I1
    private Told told = Told.NOTHING; // I1

    /** What the log said last, which is not said again. */
    private enum Told {
        NOTHING,
        TROUBLE,
        LAST_ONE
    }

    RotatingSecret(SecretReader reader, String name, BiFunction<String, String, T> login) {
        this.reader = reader;
        this.user = new Reference(Kind.SECRET, name, "username");
        this.password = new Reference(Kind.SECRET, name, "password");
        this.login = login;
    }

    @Override
    public T get() {
        try {
            return reading().get(reader.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return current(reader.late(user.name()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return current(reader.late(user.name()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    /** That of others, or one that begins. */
    private CompletableFuture<T> reading() {
        synchronized (lock) {
            CompletableFuture<T> current = running;
            if (current == null) {
                CompletableFuture<T> mine = new CompletableFuture<>();
                Thread thread = new Thread(() -> read(mine), "secrets");
                thread.setDaemon(true);
                thread.start();
                running = mine;
                current = mine;
            }
            return current;
        }
    }

    private void read(CompletableFuture<T> result) {
        try {
            T current = current(reader.reading(user.name()));
            end();
            result.complete(current);
        } catch (RuntimeException | Error e) {
            end();
            result.completeExceptionally(e);
        }
    }

    private void end() {
        synchronized (lock) {
            running = null;
        }
    }

    private T current(StoreReading reading) {
        if (!reader.isEnabled()) {
            throw new IllegalStateException(
                    "secret:" + user.name() + " is not read (expected: chassis.parameters.enabled=true)");
        }
        Answers answers = reading.answers(Set.of(user, password));
        String name = answers.values().get(user);
        String word = answers.values().get(password);
        if (name == null || word == null) {
            return lastOne(
                    answers.failures().getOrDefault(user, answers.failures().getOrDefault(password, "")));
        }
        return taken(login.apply(name, word), reading.troubles());
    }

    private T taken(T current, List<String> troubles) {
        Told now = troubles.isEmpty() ? Told.NOTHING : Told.TROUBLE;
        synchronized (lock) {
            known = current;
        }
        if (isNews(now)) {
            if (now == Told.NOTHING) {
                LOG.info("secret:{} is read again", user.name());
            } else {
                LOG.warn("secret:{}: {}", user.name(), String.join("; ", troubles));
            }
        }
        return current;
    }

    private T lastOne(String expected) {
        T last;
        synchronized (lock) {
            last = known;
        }
        if (last == null) {
            throw new IllegalStateException("no log-in from secret:" + user.name() + " (expected: " + expected + ")");
        }
        if (isNews(Told.LAST_ONE)) {
            LOG.warn(
                    "secret:{} is not read, and the last log-in that is known is used (expected: {})",
                    user.name(),
                    expected);
        }
        return last;
    }

    private boolean isNews(Told now) {
        synchronized (lock) {
            boolean news = told != now;
            told = now;
            return news;
        }
    }
}
