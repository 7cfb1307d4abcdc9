package dev.chassis.redis;

import java.util.Objects;
import java.util.Optional;

/**
 * Tells who to log in as, each time anew: an IAM token, a password that rotates.
 *
 * <p>Asked before every connect and every {@link RedisConfig#reauthenticate()}, by one thread of the pool's at a time; may block. An IAM
 * token for ElastiCache lives 15 minutes, so it should be signed anew each time (Amazon ElastiCache User Guide, "Authenticating with IAM").
 */
@FunctionalInterface
public interface RedisCredentials {

    /**
     * The login that is valid now.
     *
     * @throws Exception if there is none; a connect fails with it, an open connection stays as it is and the pool asks again soon
     */
    Login current() throws Exception;

    /**
     * A user and a password. Immutable.
     *
     * @param username the ACL user; empty for the default user
     * @param password the password, never shown
     */
    record Login(Optional<String> username, String password) {

        /** Checks that nothing is missing. */
        public Login {
            Objects.requireNonNull(username, "username");
            Objects.requireNonNull(password, "password");
        }

        /** A login of an ACL user. */
        public static Login of(String username, String password) {
            return new Login(Optional.of(username), password);
        }

        /** The user; not the password. */
        @Override
        public String toString() {
            return "Login[" + username.orElse("default") + "]";
        }
    }
}
