package dev.chassis.jdbc;

import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What SQLStates and vendor codes mean, in one place. PostgreSQL: Appendix A "Error Codes"; MariaDB and MySQL: "Error Codes" and "Server
 * Error Message Reference"; H2: {@code org.h2.api.ErrorCode}. Vendor codes of MariaDB come first, because it uses SQLStates loosely: 08004 is
 * "too many connections" there and "rejected" elsewhere.
 */
final class SqlStates {

    /** What another attempt to connect would meet. */
    enum Failure {
        /** The same: the credentials are wrong. */
        CREDENTIALS("the log-in was refused"),
        /** The same: something is not there or not set right. */
        WRONG("this does not pass by itself"),
        /** Perhaps something better. */
        PASSING("this may pass");

        private final String words;

        Failure(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final Set<String> CREDENTIALS = Set.of("28P01", "28000");

    private static final Map<Integer, Failure> VENDOR_CODES = Map.ofEntries(
            Map.entry(1045, Failure.CREDENTIALS), // ER_ACCESS_DENIED_ERROR
            Map.entry(1698, Failure.CREDENTIALS), // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
            Map.entry(1044, Failure.WRONG), // ER_DBACCESS_DENIED_ERROR
            Map.entry(1049, Failure.WRONG), // ER_BAD_DB_ERROR
            Map.entry(1129, Failure.WRONG), // ER_HOST_IS_BLOCKED: until FLUSH HOSTS
            Map.entry(1130, Failure.WRONG), // ER_HOST_NOT_PRIVILEGED
            Map.entry(1040, Failure.PASSING), // ER_CON_COUNT_ERROR
            Map.entry(1203, Failure.PASSING), // ER_TOO_MANY_USER_CONNECTIONS
            Map.entry(1226, Failure.PASSING), // ER_USER_LIMIT_REACHED
            Map.entry(1053, Failure.PASSING), // ER_SERVER_SHUTDOWN
            Map.entry(90020, Failure.PASSING)); // H2: the file is held by a process that may be ending

    private static final Set<String> WRONG = Set.of(
            "08004", // rejected: no TLS on the server, an authentication method the driver does not know
            "08P01", // protocol violation: no PostgreSQL at that port
            "3D000"); // invalid catalog name

    /** 53: insufficient resources (53300 too many connections); 57P: shutting down, starting up (57P03); 08: connections. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57");

    private static final int ER_OPTION_PREVENTS_STATEMENT = 1290;
    private static final int MAX_CHAIN = 20;

    private SqlStates() {}

    /** What a failed attempt to connect means for the next one. */
    static Failure ofConnect(SQLException failure) {
        Failure vendor = VENDOR_CODES.get(failure.getErrorCode());
        if (vendor != null) {
            return vendor;
        }
        String state = state(failure);
        if (CREDENTIALS.contains(state)) {
            return Failure.CREDENTIALS;
        }
        if (WRONG.contains(state)
                || isUnknownHost(failure)
                || hasCause(failure, CertificateException.class::isInstance)) {
            return Failure.WRONG;
        }
        boolean passing = state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2))
                || failure instanceof SQLTransientException
                || failure instanceof SQLTimeoutException;
        return passing ? Failure.PASSING : Failure.WRONG;
    }

    /**
     * Whether the server refused to write because it is read-only: it was the writer when the connection was made. PostgreSQL and Aurora
     * PostgreSQL say 25006; MariaDB, MySQL and Aurora MySQL say 1290, which they also say of other options, so the text decides.
     */
    static boolean isReadOnlyServer(SQLException failure) {
        if ("25006".equals(failure.getSQLState())) {
            return true;
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure.getErrorCode() == ER_OPTION_PREVENTS_STATEMENT
                && (message.contains("read-only") || message.contains("read_only"));
    }

    /**
     * Whether the connection was lost, so that what was under way may have happened or not. 40003: statement completion unknown; 57P:
     * the server ended the session; 90067, 90098, 90121: H2 is closed.
     */
    static boolean isConnectionLost(SQLException failure) {
        String state = state(failure);
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("40003")
                || Set.of(90067, 90098, 90121).contains(failure.getErrorCode())
                || hasCause(failure, java.io.IOException.class::isInstance);
    }

    /** Whether it says that the driver has switched to the new writer and the connection is good (AWS Advanced JDBC Wrapper). */
    static boolean isSwitchedOver(SQLException failure) {
        return "08S02".equals(failure.getSQLState());
    }

    /** EAI_AGAIN, "Temporary failure in name resolution", is the resolver's trouble; every other answer is about the name. */
    private static boolean isUnknownHost(SQLException failure) {
        return hasCause(
                failure,
                cause -> cause instanceof UnknownHostException
                        && !String.valueOf(cause.getMessage()).contains("Temporary failure"));
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    private static boolean hasCause(Throwable failure, Predicate<Throwable> wanted) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CHAIN; depth++) {
            if (wanted.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
