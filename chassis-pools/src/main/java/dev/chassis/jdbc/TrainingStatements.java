package dev.chassis.jdbc;

import dev.chassis.jdbc.TrainingMessages.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statements of the PostgreSQL protocol, simple and extended, answered as {@link TrainingAnswers} says. One thread's. */
final class TrainingStatements {

    private static final int TEXT = 25; // the oid of the type; the driver reads numbers and booleans from it, too

    private final TrainingMessages messages;
    private final Map<String, String> prepared = new HashMap<>();
    private String bound = ""; // a portal is executed before the next one is bound
    private boolean inTransaction;

    TrainingStatements(TrainingMessages messages) {
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
        if (TrainingAnswers.isQuery(sql)) {
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
        if (TrainingAnswers.isQuery(sql)) {
            columns(sql);
        } else {
            messages.send('n');
        }
    }

    private void execute(String sql) throws IOException {
        for (List<String> row : TrainingAnswers.rows(sql)) {
            row(row);
        }
        String word = TrainingAnswers.word(sql);
        inTransaction = word.equals("BEGIN") || inTransaction && !word.equals("COMMIT") && !word.equals("ROLLBACK");
        messages.send('C', body -> messages.text(body, tag(word)));
    }

    private void ready() throws IOException {
        messages.send('Z', body -> body.writeByte(inTransaction ? 'T' : 'I'));
    }

    private void columns(String sql) throws IOException {
        List<String> names = TrainingAnswers.columns(sql);
        messages.send('T', body -> {
            body.writeShort(names.size());
            for (String name : names) {
                messages.text(body, name);
                body.writeInt(0); // of no table
                body.writeShort(0);
                body.writeInt(TEXT);
                body.writeShort(-1);
                body.writeInt(-1);
                body.writeShort(0);
            }
        });
    }

    private void row(List<String> values) throws IOException {
        messages.send('D', body -> {
            body.writeShort(values.size());
            for (String value : values) {
                body.writeInt(value.length());
                body.write(value.getBytes(StandardCharsets.US_ASCII));
            }
        });
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
