package dev.chassis.jdbc;

import java.util.Objects;

/**
 * Who logs in to a database. Immutable; its text form does not tell the password.
 *
 * @param user the user
 * @param password the password, or a token that stands for it
 */
public record JdbcCredentials(String user, String password) {

    /** Checks that nothing is missing. */
    public JdbcCredentials {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
        return "JdbcCredentials[user=" + user + ", password=*****]";
    }
}
