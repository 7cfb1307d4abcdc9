package dev.chassis.testing;

import dev.chassis.devservices.DevServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Servers that already listen on this machine, proven by a login. Stateless. */
final class LocalServers {

    private static final int MILLIS = 2_000;
    private static final String LIMITS_OF_POSTGRESQL = "connectTimeout=2&loginTimeout=2&socketTimeout=5";
    private static final String LIMITS_OF_MARIADB = "connectTimeout=2000&socketTimeout=5000";

    private LocalServers() {}

    /** By driver: the database {@code test}, else {@code postgres}, as {@code postgres} or {@code root}. */
    static DevServer postgresql() throws Unavailable {
        ClassPath.require("org.postgresql.Driver", "the driver org.postgresql:postgresql");
        List<Login> logins = new ArrayList<>();
        for (String database : List.of("test", "postgres")) {
            logins.add(new Login("jdbc:postgresql://127.0.0.1:5432/" + database, "postgres", "postgres"));
            logins.add(new Login("jdbc:postgresql://127.0.0.1:5432/" + database, "postgres", ""));
            logins.add(new Login("jdbc:postgresql://127.0.0.1:5432/" + database, "root", ""));
        }
        return first(5432, logins, LIMITS_OF_POSTGRESQL);
    }

    /** By driver: the database {@code test} as {@code root} without a password. */
    static DevServer mariadb() throws Unavailable {
        ClassPath.require("org.mariadb.jdbc.Driver", "the driver org.mariadb.jdbc:mariadb-java-client");
        return first(3306, List.of(new Login("jdbc:mariadb://127.0.0.1:3306/test", "root", "")), LIMITS_OF_MARIADB);
    }

    /** By a PING of the protocol, which needs no driver. */
    static DevServer redis() throws Unavailable {
        try (Socket socket = connect(6379)) {
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII);
            if (!answer.startsWith("+PONG")) {
                throw new Unavailable("127.0.0.1:6379 answers PING with " + answer.strip());
            }
            return new DevServer("redis://127.0.0.1:6379", "", "", "the Redis that runs on 127.0.0.1:6379");
        } catch (IOException e) {
            throw Unavailable.because("127.0.0.1:6379", e);
        }
    }

    private static DevServer first(int port, List<Login> logins, String limits) throws Unavailable {
        try (Socket probe = connect(port)) {
            // Somebody is there; whether it is the right one, the login tells.
        } catch (IOException e) {
            throw Unavailable.because("127.0.0.1:" + port, e);
        }
        String refusal = "";
        for (Login login : logins) {
            try (Connection connection =
                    DriverManager.getConnection(login.url + "?" + limits, login.user, login.password)) {
                String product = connection.getMetaData().getDatabaseProductName();
                String reason = "the " + product + " that runs on this machine, as " + login.user + " on " + login.url;
                return new DevServer(login.url, login.user, login.password, reason);
            } catch (SQLException e) {
                refusal = "127.0.0.1:" + port + " refuses the usual logins: " + e.getMessage();
            }
        }
        throw new Unavailable(refusal);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private record Login(String url, String user, String password) {}
}
