package dev.chassis.inbox;

import static dev.chassis.inbox.Inboxes.config;
import static dev.chassis.inbox.Inboxes.delivery;
import static dev.chassis.inbox.Inboxes.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.inbox.InboxStore.Result;
import dev.chassis.messaging.DeliveryHandler;
import dev.chassis.messaging.Outcome;
import dev.chassis.outbox.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What an inbox in a database promises. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class InboxTests {

    private TestDatabase database;
    private Inbox<Connection> inbox;

    abstract TestDatabase startDatabase();

    @BeforeAll
    void openDatabase() {
        database = startDatabase();
    }

    @AfterAll
    void closeDatabase() throws Exception {
        database.close();
    }

    @BeforeEach
    void createTables() {
        database.create("inbox");
        database.execute("drop table if exists effect");
        database.execute("create table effect (name varchar(50))");
        inbox = Inbox.jdbc("inbox", config(), database.source());
    }

    @Test
    void handlesAMessageOnceForEachConsumer() throws Exception {
        assertThat(inbox.handle("billing", "m", InboxTests::effect)).isEqualTo(Result.HANDLED);
        assertThat(inbox.handle("billing", "m", InboxTests::effect)).isEqualTo(Result.DUPLICATE);
        assertThat(inbox.handle("mail", "m", InboxTests::effect)).isEqualTo(Result.HANDLED);
        assertThat(inbox.handle("billing", "M", InboxTests::effect)).isEqualTo(Result.HANDLED);
        assertThat(inbox.handle("billing", "m ", InboxTests::effect)).isEqualTo(Result.HANDLED);
        assertThat(effects()).isEqualTo(4);
    }

    @Test
    void undoesTheNoteWithTheEffectWhenTheWorkFails() throws Exception {
        assertThatThrownBy(() -> inbox.handle("billing", "m", connection -> {
                    effect(connection);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(effects()).isZero();
        assertThat(inbox.handle("billing", "m", connection -> effect(connection) && false))
                .isEqualTo(Result.UNDONE);
        assertThat(effects()).isZero();
        assertThat(inbox.handle("billing", "m", InboxTests::effect)).isEqualTo(Result.HANDLED);
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void isPartOfATransactionOfTheCaller() throws Exception {
        assertThatThrownBy(() -> database.transaction(connection -> {
                    assertThat(inbox.handle(connection, "billing", "m", InboxTests::effect))
                            .isEqualTo(Result.HANDLED);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        database.transaction(connection -> assertThat(inbox.handle(connection, "billing", "m", InboxTests::effect))
                .isEqualTo(Result.HANDLED));
        database.transaction(connection -> assertThat(inbox.handle(connection, "billing", "m", InboxTests::effect))
                .isEqualTo(Result.DUPLICATE));
        assertThat(effects()).isEqualTo(1);
        try (Connection connection = database.source().getConnection()) {
            assertThatThrownBy(() -> inbox.handle(connection, "billing", "x", InboxTests::effect))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("commits by itself");
        }
    }

    @Test
    void handlesEachMessageOnceWhenManyTryAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        List<Future<Result>> results = new ArrayList<>();
        for (int message = 0; message < 100; message++) {
            String id = "m" + message;
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(() -> untilKnown(id)));
            }
        }
        int handled = 0;
        for (Future<Result> result : results) {
            handled += result.get(60, TimeUnit.SECONDS) == Result.HANDLED ? 1 : 0;
        }
        threads.shutdown();
        assertThat(handled).isEqualTo(100);
        assertThat(effects()).isEqualTo(100);
    }

    @Test
    void letsTheSecondWaitForHowTheFirstEnds() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> {
            try {
                inbox.handle("billing", "m", connection -> {
                    effect(connection);
                    inside.countDown();
                    leave.await();
                    return false;
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        inside.await();
        CompletableFuture<Result> second = CompletableFuture.supplyAsync(() -> untilKnown("m"));
        leave.countDown();
        first.get(60, TimeUnit.SECONDS);
        assertThat(second.get(60, TimeUnit.SECONDS)).as("the first was undone").isEqualTo(Result.HANDLED);
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void commitsTheEffectOfAHandlerThatAcknowledgesAndOfNoOther() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        inbox.bindTo(meters);
        DeliveryHandler<String> retrying = handler(Outcome.retry("later"));
        assertThat(retrying.handle(delivery("m"))).isEqualTo(Outcome.retry("later"));
        assertThat(handler(Outcome.deadLetter("never")).handle(delivery("m"))).isEqualTo(Outcome.deadLetter("never"));
        assertThat(handler(Outcome.giveBack()).handle(delivery("m"))).isEqualTo(Outcome.giveBack());
        assertThat(effects()).isZero();
        assertThat(handler(Outcome.ack()).handle(delivery("m"))).isEqualTo(Outcome.ack());
        assertThat(handler(Outcome.retry("never asked")).handle(delivery("m"))).isEqualTo(Outcome.ack());
        assertThat(effects()).isEqualTo(1);
        assertThat(count(meters, "handled")).isEqualTo(1);
        assertThat(count(meters, "duplicate")).isEqualTo(1);
        assertThat(count(meters, "undone")).isEqualTo(3);
    }

    @Test
    void makesADeliveryWithoutAnIdADeadLetterUnlessToldToHandleIt() throws Exception {
        assertThat(handler(Outcome.ack()).handle(delivery("")).kind()).isEqualTo(Outcome.Kind.DEAD_LETTER);
        assertThat(handler(Outcome.ack()).handle(delivery("x".repeat(201))).reason())
                .contains("201", "200");
        assertThat(effects()).isZero();
        inbox = Inbox.jdbc("inbox", config("without-id", "handle"), database.source());
        assertThat(handler(Outcome.ack()).handle(delivery(""))).isEqualTo(Outcome.ack());
        assertThat(handler(Outcome.ack()).handle(delivery(""))).isEqualTo(Outcome.ack());
        assertThat(effects()).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsOlderThanTheRetentionAndNothingElse() throws Exception {
        long old = System.currentTimeMillis() - Duration.ofDays(8).toMillis();
        for (int i = 0; i < 2500; i++) {
            database.execute("insert into chassis_inbox values ('billing', 'old" + i + "', " + (old + i) + ")");
        }
        inbox.handle("billing", "new", InboxTests::effect);
        Inbox<Connection> cleaning = Inbox.jdbc("inbox", config("clean-up", "1s"), database.source());
        cleaning.start(soon());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> database.number("select count(*) from chassis_inbox") == 1);
        cleaning.stop(soon());
        assertThat(inbox.handle("billing", "new", InboxTests::effect)).isEqualTo(Result.DUPLICATE);
    }

    @Test
    void saysWhatIsWrongWithItsTable() {
        database.execute("drop table chassis_inbox");
        assertRefused("dev/chassis/inbox/postgresql.sql");
        database.execute(
                "create table chassis_inbox (consumer varchar(100), message_id varchar(200), handled_at bigint)");
        assertRefused("no primary key");
    }

    TestDatabase database() {
        return database;
    }

    void assertRefused(String because) {
        assertThatThrownBy(() -> inbox.start(soon()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing or different")
                .hasMessageContaining(because);
    }

    private DeliveryHandler<String> handler(Outcome outcome) {
        return inbox.once("billing", (connection, delivery) -> {
            effect(connection);
            return outcome;
        });
    }

    /** As a consumer does: what fails is tried again. */
    private Result untilKnown(String id) {
        while (true) {
            try {
                return inbox.handle("billing", id, InboxTests::effect);
            } catch (SQLException e) {
                System.out.println("again after " + e.getMessage());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static double count(SimpleMeterRegistry meters, String result) {
        return meters.get("chassis.inbox.messages")
                .tag("result", result)
                .functionCounter()
                .count();
    }

    private long effects() {
        return database.number("select count(*) from effect");
    }

    private static boolean effect(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("insert into effect values ('done')") == 1;
        }
    }
}
