package dev.chassis.outbox;

import dev.chassis.context.Correlation;
import dev.chassis.messaging.PublishResult.Outcome;
import dev.chassis.time.Backoff;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows on their way to the broker: keys side by side, the rows of one key one after the other.
 *
 * <p>Owned by the relay's thread, all of it but {@code answers}, into which the threads of the sender put what became of a message.
 *
 * <ul>
 *   <li>I1: of a key at most one row is under way, and its next one is sent only when it is confirmed. So whatever breaks wherever, the
 *       broker gets the rows of a key first in their order; what it gets twice it got before.
 *   <li>I2: nothing is sent that is not ours at that moment: {@link Leases#holds}.
 *   <li>I3: a row is deleted after its confirm, never before.
 *   <li>I4: a batch ends. When nothing is answered within the send time-out, what is under way counts as timed out, and answers that come
 *       later belong to nobody.
 * </ul>
 */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** Deleted at once; so many confirmed messages at most are sent again after a crash, for each key that goes on. */
    private static final int DELETE_AT = 100;

    private final String name;
    private final Sender sender;
    private final Rows rows;
    private final Leases leases;
    private final OutboxConfig config;
    private final Counters counters;
    private final BooleanSupplier ended;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Map<String, Deque<Row>> lanes = new LinkedHashMap<>();
    private final Map<Long, Row> unanswered = new HashMap<>();
    private final List<Long> confirmed = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private volatile int underWay; // for others to read
    private boolean halted;
    private boolean unrenewed;
    private boolean unwritten;
    private boolean refused;
    private @Nullable SQLException broken;

    /** What became of a row. */
    private record Answer(Row row, Outcome outcome, String detail) {}

    Batch(
            String name,
            Sender sender,
            Rows rows,
            Leases leases,
            OutboxConfig config,
            Counters counters,
            BooleanSupplier ended) {
        this.name = name;
        this.sender = sender;
        this.rows = rows;
        this.leases = leases;
        this.config = config;
        this.counters = counters;
        this.ended = ended;
    }

    /**
     * Publishes what can be published. On return nothing is under way, and what was confirmed is deleted.
     *
     * @param found in order
     * @return whether it makes sense to go on at once: the broker takes messages
     * @throws SQLException if something could not be written down; it will be sent again
     */
    boolean run(List<Row> found) throws SQLException, InterruptedException {
        found.forEach(row ->
                lanes.computeIfAbsent(row.key(), key -> new ArrayDeque<>()).add(row));
        for (Deque<Row> lane : lanes.values()) {
            sendNext(lane);
            renewIfDue(); // a sender that is not ready makes each wait
            settle(answered());
        }
        while (!unanswered.isEmpty()) {
            settle(nextAnswers());
        }
        delete();
        report();
        if (broken != null) {
            throw broken;
        }
        return !refused;
    }

    /** How many rows are sent and not answered. For any thread. */
    int underWay() {
        return underWay;
    }

    private void sendNext(Deque<Row> lane) {
        Row row = lane.poll();
        if (row != null && !halted && !ended.getAsBoolean() && leases.holds(row.partition())) { // I2
            unanswered.put(row.id(), row);
            underWay = unanswered.size();
            send(row);
        }
    }

    private void send(Row row) {
        Correlation correlation = row.correlation();
        try (Correlation.Scope scope = correlation == null ? () -> {} : correlation.open()) {
            sender.send(row.exchange(), row.routingKey(), row.message())
                    .whenComplete((result, failure) -> answers.add(
                            failure == null
                                    ? new Answer(row, result.outcome(), result.detail())
                                    : new Answer(row, Outcome.OUTCOME_UNKNOWN, failure.toString())));
        } catch (RuntimeException e) {
            // Perhaps of this message only, so it counts as an attempt.
            answers.add(new Answer(row, Outcome.OUTCOME_UNKNOWN, e.toString()));
        }
    }

    private List<Answer> answered() {
        List<Answer> all = new ArrayList<>();
        answers.drainTo(all);
        return all;
    }

    /** Waits for an answer, and keeps the leases alive meanwhile. */
    private List<Answer> nextAnswers() throws InterruptedException {
        long left = config.sendTimeout().toNanos();
        while (left > 0) {
            renewIfDue();
            long wait = unrenewed || unwritten ? left : Math.min(left, Math.max(1, leases.untilDue()));
            Answer first = answers.poll(wait, TimeUnit.NANOSECONDS);
            if (first != null) {
                List<Answer> all = answered();
                all.add(0, first);
                return all;
            }
            left -= wait;
        }
        halted = true;
        return unanswered.values().stream()
                .map(row -> new Answer(row, Outcome.TIMED_OUT, "no answer")) // I4
                .toList();
    }

    /** Leases that could not be renewed are good until they end; until then what is under way is finished. */
    private void renewIfDue() {
        if (!unrenewed && !unwritten && leases.untilDue() <= 0) {
            try {
                leases.renew();
            } catch (SQLException e) {
                unrenewed = true;
                halted = true;
                broken = e;
            }
        }
    }

    private void settle(List<Answer> some) {
        for (Answer answer : some) {
            Row row = answer.row;
            if (unanswered.remove(row.id()) != null) {
                underWay = unanswered.size();
                counters.count(answer.outcome);
                settle(answer);
            }
        }
    }

    private void settle(Answer answer) {
        switch (answer.outcome) {
            case CONFIRMED -> {
                confirmed.add(answer.row.id());
                if (confirmed.size() >= DELETE_AT) {
                    delete();
                }
                Deque<Row> lane = lanes.get(answer.row.key());
                if (lane != null) {
                    sendNext(lane);
                }
            }
            case REFUSED -> {
                refused = true;
                halted = true; // the broker takes nothing from anybody now, and that is not the message's fault
                failures.add(describe(answer, "not counted"));
            }
            default -> postpone(answer);
        }
    }

    private void postpone(Answer answer) {
        Duration pause = new Backoff(config.retryMin(), config.retryMax()).ceiling(answer.row.attempts());
        failures.add(describe(answer, "next in " + pause));
        write(() -> rows.postpone(answer.row, pause, answer.outcome + " " + answer.detail));
    }

    private static String describe(Answer answer, String next) {
        Row row = answer.row;
        return "id " + row.id() + ", key " + row.key() + ", exchange \"" + row.exchange() + "\", routing key \""
                + row.routingKey() + "\": " + answer.outcome + " " + answer.detail + ", attempt " + (row.attempts() + 1)
                + ", " + next;
    }

    private void delete() {
        if (!confirmed.isEmpty()) {
            List<Long> ids = List.copyOf(confirmed);
            confirmed.clear();
            write(() -> rows.delete(ids)); // I3
        }
    }

    /** A database that does not take what we know halts the batch, for the more is sent, the more is sent again, and is not asked again. */
    private void write(Write write) {
        if (unwritten) {
            return;
        }
        try {
            write.run();
        } catch (SQLException e) {
            halted = true;
            unwritten = true;
            broken = e;
        }
    }

    private void report() {
        if (!failures.isEmpty()) {
            LOG.warn("{}: {} messages were not confirmed; the first: {}", name, failures.size(), failures.get(0));
        }
    }

    /** Something that is written down. */
    @FunctionalInterface
    private interface Write {
        void run() throws SQLException;
    }
}
