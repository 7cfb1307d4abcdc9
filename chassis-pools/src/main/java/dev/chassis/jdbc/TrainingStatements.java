package dev.chassis.jdbc;

import dev.chassis.jdbc.PostgresMessages.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers statements, simple and extended, without a thought for what they mean: a query of a table finds nothing, any other query one row of
 * numbers, everything else works. That takes migrations, pools and most queries through their whole path. One thread's.
 */
final class TrainingStatements {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    private static final Pattern QUERY =
            Pattern.compile("\\s*(/\\*.*?\\*/\\s*)*(select|show|with|values)\\b.*|.*\\breturning\\b.*", FLAGS);
    private static final Pattern ONE_ROW = Pattern.compile(".*\\b(exists|count|returning)\\b.*", FLAGS);
    private static final Pattern OF_A_TABLE = Pattern.compile(".*\\bfrom\\b.*", FLAGS);
    private static final Pattern FUNCTION = Pattern.compile("\\s*select\\s+(\\w+)\\(.*", FLAGS);

    private static final int COLUMNS = 8; // more than a question for settings has
    private static final int TEXT = 25; // the oid of the type; the driver reads numbers and booleans from it, too
    private static final String CONNECTIONS = "1000";

    private final PostgresMessages messages;
    private boolean inTransaction;
    private final Map<String, String> prepared = new HashMap<>();
    private String bound = ""; // a portal is executed before the next one is bound

    TrainingStatements(PostgresMessages messages) {
        this.messages = messages;
    }

    /** Until the client ends the connection. */
    void serve() throws IOException {
        ready();
        Received received = messages.receive();
        while (received.type() != 'X') {
            answer(received);
            received = messages.receive();
        }
    }

    private void answer(Received received) throws IOException {
        switch (received.type()) {
            case 'Q' -> simple(received.text());
            case 'P' -> parse(received);
            case 'B' -> bind(received);
            case 'D' -> describe((char) received.body().get(), received.text());
            case 'E' -> execute(bound);
            case 'C' -> messages.send('3');
            case 'S' -> ready();
            default -> {} // Flush, and what a client says of itself
        }
    }

    private void simple(String sql) throws IOException {
        if (isQuery(sql)) {
            columns(sql);
        }
        execute(sql);
        ready();
    }

    private void parse(Received received) throws IOException {
        prepared.put(received.text(), received.text());
        messages.send('1');
    }

    private void bind(Received received) throws IOException {
        received.text(); // the portal
        bound = prepared.getOrDefault(received.text(), "");
        messages.send('2');
    }

    private void describe(char what, String name) throws IOException {
        if (what == 'S') {
            messages.send('t', body -> body.writeShort(0));
        }
        String sql = what == 'S' ? prepared.getOrDefault(name, "") : bound;
        if (isQuery(sql)) {
            columns(sql);
        } else {
            messages.send('n');
        }
    }

    private void execute(String sql) throws IOException {
        String word = word(sql);
        if (isQuery(sql) && hasRow(sql)) {
            row(sql.contains("max_connections") ? CONNECTIONS : "1");
        }
        inTransaction = word.equals("BEGIN") || inTransaction && !word.equals("COMMIT") && !word.equals("ROLLBACK");
        messages.send('C', body -> messages.text(body, tag(word)));
    }

    private void ready() throws IOException {
        messages.send('Z', body -> body.writeByte(inTransaction ? 'T' : 'I'));
    }

    /** The first is called as the function that is asked for, as PostgreSQL does. */
    private void columns(String sql) throws IOException {
        Matcher function = FUNCTION.matcher(sql);
        String first = function.matches() ? function.group(1) : "c0";
        messages.send('T', body -> {
            body.writeShort(COLUMNS);
            for (int i = 0; i < COLUMNS; i++) {
                messages.text(body, i == 0 ? first : "c" + i);
                body.writeInt(0); // of no table
                body.writeShort(0);
                body.writeInt(TEXT);
                body.writeShort(-1);
                body.writeInt(-1);
                body.writeShort(0);
            }
        });
    }

    private void row(String first) throws IOException {
        messages.send('D', body -> {
            body.writeShort(COLUMNS);
            for (int i = 0; i < COLUMNS; i++) {
                byte[] value = (i == 0 ? first : "1").getBytes(StandardCharsets.US_ASCII);
                body.writeInt(value.length);
                body.write(value);
            }
        });
    }

    private static boolean isQuery(String sql) {
        return QUERY.matcher(sql).matches();
    }

    private static boolean hasRow(String sql) {
        return !OF_A_TABLE.matcher(sql).matches() || ONE_ROW.matcher(sql).matches();
    }

    private static String word(String sql) {
        String[] words = sql.strip().split("[\\s;]+", 2);
        return words[0].toUpperCase(Locale.ROOT);
    }

    /** What the driver reads its count of rows from. */
    private static String tag(String word) {
        return switch (word) {
            case "INSERT" -> "INSERT 0 1";
            case "UPDATE", "DELETE", "SELECT" -> word + " 1";
            default -> word.isEmpty() ? "SELECT 0" : word;
        };
    }
}
