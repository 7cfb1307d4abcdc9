package dev.chassis.parameters;

import dev.chassis.config.ParameterStore.Answers;
import dev.chassis.config.ParameterStore.Kind;
import dev.chassis.config.ParameterStore.Reference;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login that is read anew each time. Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code running} is used under the lock; whoever puts a future there reads, completes it and takes it away again.
 *   <li>I2: only who reads uses {@code known} and {@code failing}.
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
    private volatile @Nullable T known; // I2
    private volatile boolean failing; // I2

    RotatingSecret(SecretReader reader, String name, BiFunction<String, String, T> login) {
        this.reader = reader;
        this.user = new Reference(Kind.SECRET, name, "username");
        this.password = new Reference(Kind.SECRET, name, "password");
        this.login = login;
    }

    @Override
    public T get() {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> others = begin(mine);
        if (others == null) {
            read(mine);
        }
        try {
            return (others == null ? mine : others).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    private @Nullable CompletableFuture<T> begin(CompletableFuture<T> mine) {
        synchronized (lock) {
            CompletableFuture<T> before = running;
            if (before == null) {
                running = mine;
            }
            return before;
        }
    }

    private void read(CompletableFuture<T> result) {
        try {
            T current = current();
            end();
            result.complete(current);
        } catch (RuntimeException e) {
            end();
            result.completeExceptionally(e);
        }
    }

    private void end() {
        synchronized (lock) {
            running = null;
        }
    }

    private T current() {
        if (!reader.isEnabled()) {
            throw new IllegalStateException(
                    "secret:" + user.name() + " is not read (expected: chassis.parameters.enabled=true)");
        }
        Answers answers = reader.read(Set.of(user, password));
        String name = answers.values().get(user);
        String word = answers.values().get(password);
        return name == null || word == null ? lastOne(answers) : taken(login.apply(name, word));
    }

    private T taken(T current) {
        if (failing) {
            LOG.info("secret:{} is read again", user.name());
        }
        failing = false;
        known = current;
        return current;
    }

    private T lastOne(Answers answers) {
        String expected =
                answers.failures().getOrDefault(user, answers.failures().getOrDefault(password, ""));
        T last = known;
        if (last == null) {
            throw new IllegalStateException("no log-in from secret:" + user.name() + " (expected: " + expected + ")");
        }
        if (!failing) {
            LOG.warn(
                    "secret:{} is not read, and the last log-in that is known is used (expected: {})",
                    user.name(),
                    expected);
        }
        failing = true;
        return last;
    }
}
