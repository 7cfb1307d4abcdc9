package dev.chassis.jdbc;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.devservices.TrainingServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * MariaDB for a training run (MariaDB, "Clientserver Protocol"; MySQL's is the same as far as this goes): whoever logs in is let in, and every
 * text statement is answered as {@link TrainingAnswers} says.
 */
public final class TrainingMariaDb extends TrainingServer {

    private static final int QUERY = 0x03;
    private static final int QUIT = 0x01;

    /** CLIENT_CONNECT_WITH_DB, _PROTOCOL_41, _TRANSACTIONS, _SECURE_CONNECTION, _PLUGIN_AUTH. */
    private static final int CAPABILITIES = 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000;

    private static final int IN_TRANSACTION = 1;
    private static final int AUTOCOMMIT = 2;
    private static final int UTF8MB4 = 45;
    private static final int TEXT = 0xfd; // the driver reads numbers from it, too
    private static final int END = 0xfe;
    private static final int SEED_BYTES = 20;

    /** Found by {@link java.util.ServiceLoader}. */
    public TrainingMariaDb() {}

    @Override
    protected String kind() {
        return DevServices.MARIADB;
    }

    @Override
    protected DevServer at(int port) {
        String url = "jdbc:mariadb://127.0.0.1:" + port + "/training";
        return new DevServer(url, "training", "training", "a stand-in for MariaDB, for training");
    }

    @Override
    protected void serve(DataInputStream in, DataOutputStream out) throws IOException {
        new Dialogue(new TrainingPackets(in, out)).run();
    }

    /** One connection. One thread's. */
    private static final class Dialogue {

        private final TrainingPackets packets;
        private boolean autocommit = true;
        private boolean inTransaction;

        Dialogue(TrainingPackets packets) {
            this.packets = packets;
        }

        void run() throws IOException {
            packets.send(Dialogue::greet);
            packets.receive(); // who logs in
            ok();
            byte[] command = packets.receive();
            while (command[0] != QUIT) {
                answer(command);
                command = packets.receive();
            }
        }

        private void answer(byte[] command) throws IOException {
            String sql = command[0] == QUERY ? new String(command, 1, command.length - 1, StandardCharsets.UTF_8) : "";
            follow(sql.toLowerCase(Locale.ROOT));
            if (TrainingAnswers.isQuery(sql)) {
                table(sql);
            } else {
                ok();
            }
        }

        private void follow(String sql) {
            if (sql.contains("autocommit")) {
                autocommit = !sql.contains("autocommit=0");
            }
            String word = TrainingAnswers.word(sql);
            boolean ends = word.equals("COMMIT") || word.equals("ROLLBACK");
            inTransaction = !ends && (!autocommit || word.equals("START") || word.equals("BEGIN") || inTransaction);
        }

        private void table(String sql) throws IOException {
            List<String> columns = TrainingAnswers.columns(sql);
            packets.send(body -> body.writeByte(columns.size()));
            for (String column : columns) {
                packets.send(body -> column(body, column));
            }
            end();
            for (List<String> row : TrainingAnswers.rows(sql)) {
                packets.send(body -> {
                    for (String value : row) {
                        TrainingPackets.text(body, value);
                    }
                });
            }
            end();
        }

        private static void greet(DataOutputStream body) throws IOException {
            body.writeByte(10); // the version of the protocol
            body.writeBytes("11.4.2-MariaDB\0");
            body.writeInt(0); // the connection
            body.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 0}); // the seed of a password, and its end
            TrainingPackets.little(body, CAPABILITIES & 0xffff, 2);
            body.writeByte(UTF8MB4);
            TrainingPackets.little(body, AUTOCOMMIT, 2);
            TrainingPackets.little(body, CAPABILITIES >>> 16, 2);
            body.writeByte(SEED_BYTES + 1);
            body.write(new byte[10]);
            body.writeBytes("123456789012\0"); // the rest of the seed
            body.writeBytes("mysql_native_password\0");
        }

        private static void column(DataOutputStream body, String name) throws IOException {
            for (String part : new String[] {"def", "", "", "", name, name}) {
                TrainingPackets.text(body, part);
            }
            body.writeByte(12); // the length of what follows
            TrainingPackets.little(body, UTF8MB4, 2);
            TrainingPackets.little(body, 255, 4);
            body.writeByte(TEXT);
            TrainingPackets.little(body, 0, 5);
        }

        private void ok() throws IOException {
            packets.send(body -> {
                body.write(new byte[] {0, 1, 0}); // one row, no id
                TrainingPackets.little(body, status(), 2);
                TrainingPackets.little(body, 0, 2);
            });
        }

        private void end() throws IOException {
            packets.send(body -> {
                body.writeByte(END);
                TrainingPackets.little(body, 0, 2);
                TrainingPackets.little(body, status(), 2);
            });
        }

        private int status() {
            return (autocommit ? AUTOCOMMIT : 0) | (inTransaction ? IN_TRANSACTION : 0);
        }
    }
}
