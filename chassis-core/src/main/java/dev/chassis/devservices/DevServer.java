package dev.chassis.devservices;

import java.util.Objects;

/**
 * A server to develop and to test with. It lives as long as the JVM. Immutable.
 *
 * @param url its address in the form its client takes: a JDBC URL, {@code redis://127.0.0.1:6379}, {@code amqp://127.0.0.1:5672}, or
 *     {@code host:port}
 * @param username who to log in as; empty where nobody has to
 * @param password the password, empty if there is none. No secret: it opens nothing but this server
 * @param reason which one it is and why, in one line for the log
 */
public record DevServer(String url, String username, String password, String reason) {

    /** Checks that nothing is missing. */
    public DevServer {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(reason, "reason");
    }
}
