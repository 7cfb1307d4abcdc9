package dev.chassis.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the driver that tells when it is closed and says of a commit that was cut off that its outcome is unknown. It lies below the
 * pool, one for each session, so that whatever framework uses the pool gets the same exception. As thread-safe as the driver's.
 */
final class PhysicalConnection implements InvocationHandler {

    private final Connection raw;
    private final Consumer<PhysicalConnection> onClosed;
    private final Connection proxy;

    PhysicalConnection(Connection raw, Consumer<PhysicalConnection> onClosed) {
        this.raw = raw;
        this.onClosed = onClosed;
        this.proxy = (Connection) Proxy.newProxyInstance(
                PhysicalConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    /** The connection to be used. */
    Connection proxy() {
        return proxy;
    }

    /** Ends the session without a goodbye. Whatever happens, it counts as closed then. */
    void abort() {
        try {
            raw.abort(Runnable::run);
        } catch (SQLException e) {
            // It is being given up; a driver that cannot even do that has nothing left to free.
        } finally {
            onClosed.accept(this);
        }
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "commit" -> committing(method, arguments);
            case "setAutoCommit" ->
                arguments != null && Boolean.TRUE.equals(arguments[0])
                        ? committing(method, arguments) // commits what is open: java.sql.Connection
                        : call(method, arguments);
            case "close", "abort" -> ending(method, arguments);
            case "equals" -> arguments != null && arguments[0] == self;
            case "hashCode" -> System.identityHashCode(this);
            case "unwrap" -> unwrap(method, arguments);
            default -> call(method, arguments);
        };
    }

    private @Nullable Object committing(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return call(method, arguments);
        } catch (SQLException e) {
            throw SqlStates.isConnectionLost(e) ? new OutcomeUnknownException(e) : e;
        }
    }

    private @Nullable Object ending(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return call(method, arguments);
        } finally {
            onClosed.accept(this);
        }
    }

    /** Drivers look at themselves only. */
    private @Nullable Object unwrap(Method method, Object @Nullable [] arguments) throws Throwable {
        return arguments != null && arguments[0] instanceof Class<?> wanted && wanted.isInstance(raw)
                ? raw
                : call(method, arguments);
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(raw, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
