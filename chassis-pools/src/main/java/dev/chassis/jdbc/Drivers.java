package dev.chassis.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds drivers, and says which Maven artifact is missing when there is none. Stateless. */
final class Drivers {

    private Drivers() {}

    /**
     * The driver for a URL.
     *
     * @param className the class the user names; empty to go by the URL
     * @throws IllegalArgumentException if there is none; the message says what is expected
     */
    static Driver find(String url, Optional<String> className) {
        Database database = Database.of(url);
        Driver driver = className.map(Drivers::named).orElseGet(() -> forUrl(url, database));
        if (!accepts(driver, url)) {
            throw new IllegalArgumentException(
                    "a URL that " + driver.getClass().getName() + " accepts, such as " + Target.EXAMPLE);
        }
        return driver;
    }

    /** Whether the driver of a database is on the class path. */
    static boolean isPresent(Database database) {
        return load(database.driver()) != null;
    }

    private static Driver named(String className) {
        Class<?> type = load(className);
        if (type == null || !Driver.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException("a JDBC driver on the class path; there is no " + className);
        }
        return make(type);
    }

    private static Driver forUrl(String url, Database database) {
        Class<?> type = load(database.driver());
        if (type != null) {
            return make(type);
        }
        if (!database.artifact().isEmpty()) {
            throw new IllegalArgumentException(
                    "the driver on the class path: add the dependency " + database.artifact());
        }
        return DriverManager.drivers()
                .filter(driver -> accepts(driver, url))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a URL that a driver on the class path accepts, such as " + Target.EXAMPLE));
    }

    private static @Nullable Class<?> load(String className) {
        if (className.isEmpty()) {
            return null;
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Class<?> found = context == null ? null : load(className, context);
        ClassLoader own = Drivers.class.getClassLoader();
        return found != null || own == null ? found : load(className, own);
    }

    private static @Nullable Class<?> load(String className, ClassLoader loader) {
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static Driver make(Class<?> type) {
        try {
            return (Driver) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "a driver with a constructor that works; " + type.getName() + " fails: " + e, e);
        }
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }
}
