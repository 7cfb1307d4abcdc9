package dev.chassis.jdbc;

import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The databases whose drivers are known, by the beginning of their URLs. The names of the properties are those of the drivers' manuals:
 * jdbc.postgresql.org "Initializing the Driver", MariaDB "About MariaDB Connector/J", MySQL "Configuration Properties".
 */
enum Database {
    POSTGRESQL("jdbc:postgresql:", "org.postgresql.Driver", "org.postgresql:postgresql"),
    MARIADB("jdbc:mariadb:", "org.mariadb.jdbc.Driver", "org.mariadb.jdbc:mariadb-java-client"),
    MYSQL("jdbc:mysql:", "com.mysql.cj.jdbc.Driver", "com.mysql:mysql-connector-j"),
    H2("jdbc:h2:", "org.h2.Driver", "com.h2database:h2"),
    OTHER("jdbc:", "", "");

    private final String scheme;
    private final String driver;
    private final String artifact;

    Database(String scheme, String driver, String artifact) {
        this.scheme = scheme;
        this.driver = driver;
        this.artifact = artifact;
    }

    /**
     * The database of a URL.
     *
     * @throws IllegalArgumentException if it is no JDBC URL
     */
    static Database of(String url) {
        return Stream.of(values())
                .filter(database -> url.toLowerCase(Locale.ROOT).startsWith(database.scheme))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a JDBC URL, such as " + Target.EXAMPLE));
    }

    /** The class name of its driver; empty if it is not known. */
    String driver() {
        return driver;
    }

    /** The Maven artifact of its driver; empty if it is not known. */
    String artifact() {
        return artifact;
    }

    /** Whether connections can break: an embedded database has no network. */
    boolean hasNetwork() {
        return this != H2;
    }

    /**
     * What a driver is told for a new connection. Until the log-in is through, the time-out of a read is that of connecting; {@link
     * Connector} then sets that of statements.
     */
    Properties properties(Duration connectTimeout, String application) {
        Properties properties = new Properties();
        switch (this) {
            case POSTGRESQL -> {
                String seconds = Long.toString(connectTimeout.plusMillis(999).toSeconds());
                properties.setProperty("connectTimeout", seconds);
                properties.setProperty("socketTimeout", seconds);
                properties.setProperty("tcpKeepAlive", "true");
                properties.setProperty("ApplicationName", application);
            }
            case MARIADB, MYSQL -> {
                String millis = Long.toString(connectTimeout.toMillis());
                properties.setProperty("connectTimeout", millis);
                properties.setProperty("socketTimeout", millis);
                properties.setProperty("tcpKeepAlive", "true");
            }
            case H2, OTHER -> {}
        }
        return properties;
    }
}
