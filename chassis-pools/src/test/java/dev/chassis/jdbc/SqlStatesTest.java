package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStatesTest {

    @ParameterizedTest
    @CsvSource({
        "28P01, 0, CREDENTIALS",
        "28000, 0, CREDENTIALS",
        "28000, 1045, CREDENTIALS",
        "28000, 1698, CREDENTIALS",
        "3D000, 0, WRONG",
        "42000, 1049, WRONG",
        "42000, 1044, WRONG",
        "08004, 0, WRONG",
        "08004, 1040, PASSING",
        "HY000, 1040, PASSING",
        "42000, 1203, PASSING",
        "53300, 0, PASSING",
        "57P03, 0, PASSING",
        "08001, 0, PASSING",
        "08006, 0, PASSING",
        "90020, 90020, PASSING",
        "42601, 0, WRONG",
        "HY000, 1, WRONG",
        "'', 0, WRONG"
    })
    void tellsWhatTheNextAttemptWouldMeet(String state, int code, SqlStates.Failure expected) {
        assertThat(SqlStates.ofConnect(new SQLException("x", state, code))).isEqualTo(expected);
    }

    @Test
    void tellsAnUnknownHostFromAResolverThatIsAway() {
        assertThat(SqlStates.ofConnect(
                        new SQLException("x", "08001", new UnknownHostException("db: Name or service not known"))))
                .isEqualTo(SqlStates.Failure.WRONG);
        assertThat(SqlStates.ofConnect(new SQLException(
                        "x", "08001", new UnknownHostException("db: Temporary failure in name resolution"))))
                .isEqualTo(SqlStates.Failure.PASSING);
    }

    @Test
    void refusedAndTimedOutPass() {
        assertThat(SqlStates.ofConnect(new SQLException("x", "08001", new ConnectException("refused"))))
                .isEqualTo(SqlStates.Failure.PASSING);
        assertThat(SqlStates.ofConnect(new SQLException("x", "08006", new SocketTimeoutException("read"))))
                .isEqualTo(SqlStates.Failure.PASSING);
        assertThat(SqlStates.ofConnect(new SQLTimeoutException("x"))).isEqualTo(SqlStates.Failure.PASSING);
    }

    @Test
    void aCertificateNobodyTrustsStaysSo() {
        SQLException failure = new SQLException("x", "08006", new java.security.cert.CertificateException("who?"));
        assertThat(SqlStates.ofConnect(failure)).isEqualTo(SqlStates.Failure.WRONG);
    }

    @ParameterizedTest
    @CsvSource({
        "25006, 0, cannot execute INSERT in a read-only transaction, true",
        "HY000, 1290, The MariaDB server is running with the --read-only option so it cannot execute, true",
        "HY000, 1290, The MySQL server is running with the --super-read-only option, true",
        "HY000, 1290, The MariaDB server is running with the --secure-file-priv option, false",
        "42501, 0, permission denied, false"
    })
    void knowsAWriterThatIsNoneAnyMore(String state, int code, String message, boolean expected) {
        assertThat(SqlStates.isReadOnlyServer(new SQLException(message, state, code)))
                .isEqualTo(expected);
    }
}
