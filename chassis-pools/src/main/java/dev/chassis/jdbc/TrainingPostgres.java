package dev.chassis.jdbc;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.devservices.TrainingServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;

/**
 * PostgreSQL for a training run (PostgreSQL, "Frontend/Backend Protocol", version 3): log-in by SCRAM-SHA-256, as a real server's default is, and
 * an answer to every statement. What is answered, {@link TrainingAnswers} says.
 */
public final class TrainingPostgres extends TrainingServer {

    private static final String USER = "training";
    private static final String PASSWORD = "training";
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int AUTHENTICATED = 0;

    /** What a client looks at, and the driver insists on. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "server_version", "16.0",
            "server_encoding", "UTF8",
            "client_encoding", "UTF8",
            "DateStyle", "ISO, MDY",
            "TimeZone", "UTC",
            "integer_datetimes", "on",
            "standard_conforming_strings", "on");

    /** Found by {@link java.util.ServiceLoader}. */
    public TrainingPostgres() {}

    @Override
    protected String kind() {
        return DevServices.POSTGRESQL;
    }

    @Override
    protected DevServer at(int port) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/training";
        return new DevServer(url, USER, PASSWORD, "a stand-in for PostgreSQL, for training");
    }

    @Override
    protected void serve(DataInputStream in, DataOutputStream out) throws IOException {
        TrainingMessages messages = new TrainingMessages(in, out);
        skipStartup(in, out);
        new TrainingScram(PASSWORD).logIn(messages);
        messages.send('R', body -> body.writeInt(AUTHENTICATED));
        for (Map.Entry<String, String> parameter : PARAMETERS.entrySet()) {
            messages.send('S', body -> {
                messages.text(body, parameter.getKey());
                messages.text(body, parameter.getValue());
            });
        }
        new TrainingStatements(messages).serve();
    }

    /** The request for TLS is declined; the start-up message itself says nothing that matters here. */
    private static void skipStartup(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            int code = in.readInt();
            if (in.readNBytes(length - 2 * Integer.BYTES).length < length - 2 * Integer.BYTES) {
                throw new EOFException();
            }
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                return;
            }
            out.write('N');
            out.flush();
        }
    }
}
