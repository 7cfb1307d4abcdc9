package dev.chassis.jdbc;

import io.smallrye.config.Secret;
import java.util.Optional;

/**
 * Where a pool connects to, and as whom. Its text form tells no secret.
 *
 * @param credentials who logs in; empty if the driver is to decide
 */
record Target(String url, Optional<JdbcCredentials> credentials) {

    /** A URL that is right, for messages. */
    static final String EXAMPLE = "jdbc:postgresql://host:5432/database";

    static Target of(String url, JdbcConfig config) {
        Optional<JdbcCredentials> credentials = config.user()
                .map(user -> new JdbcCredentials(user, password(config).orElse("")));
        return new Target(url, credentials);
    }

    /** The password that is set. SmallRye makes a secret that holds nothing of a key that is not set. */
    static Optional<String> password(JdbcConfig config) {
        return config.password().map(Secret::get);
    }

    /** The URL as far as it may be shown: without parameters, one of which could be a secret. */
    String address() {
        int end = 0;
        while (end < url.length() && "?;".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.substring(0, end);
    }

    @Override
    public String toString() {
        return address();
    }
}
