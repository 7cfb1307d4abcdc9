package dev.chassis.outbox;

import static dev.chassis.outbox.Outboxes.config;
import static dev.chassis.outbox.Outboxes.message;
import static dev.chassis.outbox.Outboxes.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.GetResponse;
import dev.chassis.context.Correlation;
import dev.chassis.health.Health;
import dev.chassis.messaging.Message;
import dev.chassis.testing.FaultProxy;
import dev.chassis.time.Deadline;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What an outbox promises, on a real database and a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class OutboxTests {

    private static final int KEYS = 24;
    private static final int EACH = 50;

    private TestDatabase database;
    private TestQueue queue;
    private final List<AutoCloseable> open = new ArrayList<>();

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
    void createTables() throws Exception {
        database.create("outbox");
        queue = new TestQueue();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        open.clear();
        queue.close();
    }

    @Test
    void publishesWhatIsCommittedAndNothingThatIsRolledBack() throws Exception {
        Outbox outbox = started(config());
        assertThatThrownBy(() -> database.transaction(connection -> {
                    outbox.add(connection, "", queue.name, "k0", message("k0:0"));
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        database.transaction(connection -> outbox.add(connection, "", queue.name, "k0", message("k0:1")));
        outbox.wake();
        awaitReceived(1);
        awaitNoRows();
        assertThat(queue.bodies()).containsExactly("k0:1");
    }

    @Test
    void publishesAMessageAsItWasGivenUnderTheCorrelationOfTheWork() throws Exception {
        Outbox outbox = started(config());
        Message given = Message.of(new byte[] {0, -1, 7}, "application/x-test")
                .withId("id Ä")
                .withHeader("text", "a=b&c%+ ü")
                .withHeader("number", 7)
                .withHeader("long", 1L << 40)
                .withHeader("flag", true)
                .withHeader("bytes", new byte[] {1, 2})
                .withExpiration(Duration.ofMinutes(10));
        Correlation correlation = Correlation.mint();
        try (Correlation.Scope scope = correlation.open()) {
            database.transaction(connection -> outbox.add(connection, "", queue.name, "k", given));
        }
        awaitReceived(1);
        GetResponse received = queue.received.get(0);
        assertThat(received.getBody()).containsExactly(0, -1, 7);
        assertThat(received.getProps().getMessageId()).isEqualTo("id Ä");
        assertThat(received.getProps().getContentType()).isEqualTo("application/x-test");
        assertThat(received.getProps().getExpiration()).isEqualTo("600000");
        assertThat(received.getProps().getHeaders())
                .containsEntry("number", 7)
                .containsEntry("long", 1L << 40)
                .containsEntry("flag", true)
                .containsEntry("bytes", new byte[] {1, 2})
                .hasEntrySatisfying("text", text -> assertThat(text).hasToString("a=b&c%+ ü"))
                .hasEntrySatisfying("correlation", id -> assertThat(id).hasToString(correlation.id()));
    }

    @Test
    void keepsTheOrderOfEachKeyWithManyWritersAndThreeRelays() throws Exception {
        Outboxes.createKeys(database, KEYS);
        Outbox outbox = started(config());
        started(config());
        started(config());
        Outboxes.write(database, outbox, queue.name, KEYS, EACH, 6);
        awaitReceived(KEYS * EACH);
        awaitNoRows();
        queue.assertCompleteAndInOrder(KEYS, EACH);
        assertThat(queue.duplicates())
                .as("nothing failed, so nothing is sent twice")
                .isZero();
    }

    @Test
    void losesNothingAndKeepsTheOrderWhileConnectionsToTheBrokerAreCut() throws Exception {
        Outboxes.createKeys(database, KEYS);
        FaultProxy proxy = FaultProxy.to("127.0.0.1", TestQueue.BROKER);
        open.add(proxy);
        Outbox outbox = started(config(), new RabbitSender(proxy.port()));
        started(config(), new RabbitSender(proxy.port()));
        Thread cuts = new Thread(() -> {
            for (int i = 0; i < 8 && !Thread.interrupted(); i++) {
                cutWhenBusy(proxy, proxy.bytesToServer() + 20_000);
            }
        });
        cuts.start();
        Outboxes.write(database, outbox, queue.name, KEYS, EACH, 4);
        cuts.interrupt();
        cuts.join();
        proxy.cut();
        awaitReceived(KEYS * EACH);
        awaitNoRows();
        queue.assertCompleteAndInOrder(KEYS, EACH);
        System.out.println(getClass().getSimpleName() + ": connections " + proxy.connections() + ", duplicates "
                + queue.duplicates() + " of " + KEYS * EACH);
        assertThat(proxy.connections()).as("connections, because each was cut").isGreaterThan(2);
    }

    @Test
    void losesNothingAndKeepsTheOrderWhileRelaysAreKilledAndFrozen() throws Exception {
        int each = 250;
        Outbox writerOnly = Outbox.of("outbox", config(), database.source(), new RabbitSender(TestQueue.BROKER));
        for (int i = 1; i <= each; i++) {
            int number = i;
            database.transaction(connection -> {
                for (int key = 0; key < KEYS; key++) {
                    writerOnly.add(connection, "", queue.name, "k" + key, message("k" + key + ":" + number));
                }
            });
        }
        FaultProxy slow = FaultProxy.to("127.0.0.1", TestQueue.BROKER);
        open.add(slow);
        slow.delayToServer(Duration.ofMillis(20)); // something is under way whenever a relay dies
        int broker = slow.port();
        RelayProcess[] relays = {startProcess(broker), startProcess(broker), startProcess(broker)};
        for (int left = KEYS * each - 300; left > 300; left -= 900) {
            awaitRows(left);
            int victim = ThreadLocalRandom.current().nextInt(relays.length);
            relays[victim].kill();
            relays[victim] = startProcess(broker);
            awaitRows(left - 300);
            RelayProcess frozen = relays[ThreadLocalRandom.current().nextInt(relays.length)];
            frozen.freeze(); // its leases expire and others go on; then it wakes up in the middle of its batch
            Outboxes.await("others have them")
                    .until(() -> database.number("select count(*) from chassis_outbox_relay") < 3);
            frozen.thaw();
        }
        awaitReceived(KEYS * each);
        awaitNoRows();
        queue.takeAll();
        queue.assertCompleteAndInOrder(KEYS, each);
        System.out.println(getClass().getSimpleName() + ": 6 killed, 6 frozen, duplicates " + queue.duplicates()
                + " of " + KEYS * each);
    }

    @Test
    void publishesAgainWithTheSameIdWhatWasConfirmedToATaskThatDied() throws Exception {
        Outbox writerOnly = Outbox.of("outbox", config(), database.source(), new RabbitSender(TestQueue.BROKER));
        database.transaction(connection -> {
            for (int i = 1; i <= 10; i++) {
                writerOnly.add(connection, "", queue.name, "k", message("k:" + i));
            }
        });
        RelayProcess relay = RelayProcess.start(database, TestQueue.BROKER, 4);
        open.add(relay::kill);
        assertThat(relay.exitCode()).isEqualTo(137);
        queue.takeAll();
        assertThat(queue.bodies()).containsExactly("k:1", "k:2", "k:3", "k:4");
        assertThat(database.number("select count(*) from chassis_outbox"))
                .as("nothing was deleted")
                .isEqualTo(10);
        started(config());
        awaitReceived(10);
        awaitNoRows();
        queue.assertCompleteAndInOrder(1, 10);
        assertThat(queue.duplicates()).isEqualTo(4);
    }

    @Test
    void publishesAgainWithTheSameIdWhatCouldNotBeDeleted() throws Exception {
        BreakingSource source = new BreakingSource(database.source(), "delete from chassis_outbox where");
        Outbox outbox = Outbox.of("outbox", config(), source, new RabbitSender(TestQueue.BROKER));
        start(outbox);
        source.breakNext(2);
        database.transaction(connection -> {
            outbox.add(connection, "", queue.name, "k", message("k:1"));
            outbox.add(connection, "", queue.name, "k", message("k:2"));
        });
        awaitNoRows();
        queue.takeAll();
        queue.assertCompleteAndInOrder(1, 2);
        assertThat(queue.duplicates()).isPositive();
    }

    @Test
    void holdsBackTheKeyOfAMessageThatFailsAndNoOther() throws Exception {
        TestQueue missing = new TestQueue();
        open.add(missing);
        missing.delete();
        Outbox outbox = started(config());
        database.transaction(connection -> {
            outbox.add(connection, "", missing.name, "poison", message("poison:1"));
            for (int i = 2; i <= 700; i++) { // more than one batch
                outbox.add(connection, "", queue.name, "poison", message("poison:" + i));
            }
            for (int i = 1; i <= 100; i++) {
                outbox.add(connection, "", queue.name, "k" + i % 20, message("k" + i % 20 + ":" + i));
            }
        });
        awaitReceived(100);
        WaitingCheck check = new WaitingCheck(outbox);
        Outboxes.await("degraded").until(() -> check.check().status() == Health.Status.DEGRADED);
        assertThat(check.check().detail()).contains("700 messages wait", "1 keys are held up");
        assertThat(queue.bodies()).noneMatch(body -> body.startsWith("poison"));
        missing.declare();
        awaitReceived(100 + 699);
        awaitNoRows();
        assertThat(missing.takeAll()).isEqualTo(1);
        assertThat(queue.bodies().stream().filter(body -> body.startsWith("poison")))
                .first()
                .isEqualTo("poison:2");
        assertThat(check.check().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void goesOnWithAKeyWhenSomebodyDeletesTheMessageThatFails() throws Exception {
        Outbox outbox = started(config());
        database.transaction(connection -> {
            outbox.add(connection, "", "no-such-queue-" + queue.name, "k", message("k:0"));
            outbox.add(connection, "", queue.name, "k", message("k:1"));
        });
        Outboxes.await("attempts")
                .until(() -> database.number("select coalesce(max(attempts), 0) from chassis_outbox") >= 2);
        assertThat(database.number("select count(*) from chassis_outbox where last_error like 'RETURNED%'"))
                .isEqualTo(1);
        database.execute("delete from chassis_outbox where attempts > 0");
        awaitReceived(1);
        assertThat(queue.bodies()).containsExactly("k:1");
    }

    @Test
    void givesItsPartitionsBackAtOnceWhenItDrains() throws Exception {
        OutboxConfig longLease = config("lease", "10m");
        Outbox first = started(longLease);
        Outboxes.await("all of them").until(() -> held(first) == Partitions.COUNT);
        first.drain().toCompletableFuture().get();
        assertThat(database.number("select count(*) from chassis_outbox_partition where owner <> ''"))
                .isZero();
        assertThat(database.number("select count(*) from chassis_outbox_relay")).isZero();
        Outbox second = started(longLease);
        Outboxes.await("all of them").until(() -> held(second) == Partitions.COUNT);
    }

    @Test
    void sendsWhatWasAddedBeforeItDrains() throws Exception {
        Outbox outbox = started(config("poll-interval", "1m"));
        database.transaction(connection -> {
            for (int i = 1; i <= 30; i++) {
                outbox.add(connection, "", queue.name, "k" + i, message("k" + i + ":1"));
            }
        });
        outbox.drain().toCompletableFuture().get();
        assertThat(queue.takeAll()).isEqualTo(30);
        assertThat(outbox.inFlight()).isZero();
        awaitNoRows();
    }

    @Test
    void sharesThePartitionsWithThoseWhoCome() throws Exception {
        Outbox first = started(config());
        Outboxes.await("all of them").until(() -> held(first) == Partitions.COUNT);
        Outbox second = started(config());
        Outbox third = started(config());
        Outboxes.await("shares")
                .until(() -> held(first) + held(second) + held(third) == Partitions.COUNT
                        && held(first) <= 6
                        && held(second) <= 6
                        && held(third) <= 6);
    }

    @Test
    void saysWhatIsWrongWithItsTables() {
        Outbox outbox = Outbox.of("outbox", config(), database.source(), new RabbitSender(TestQueue.BROKER));
        database.execute("alter table chassis_outbox drop column last_error");
        database.execute("alter table chassis_outbox drop column headers");
        assertThatThrownBy(() -> outbox.start(soon()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("headers")
                .hasMessageContaining("dev/chassis/outbox/postgresql.sql");
        database.execute("drop table chassis_outbox");
        assertThatThrownBy(() -> outbox.start(soon()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing or different");
        database.create("outbox");
        database.execute("delete from chassis_outbox_partition where partition_no = 3");
        assertThatThrownBy(() -> outbox.start(soon()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chassis_outbox_partition has the rows");
    }

    @Test
    void refusesWhatItCouldNotKeep() throws Exception {
        Outbox outbox = started(config());
        try (Connection connection = database.source().getConnection()) {
            assertThatThrownBy(() -> outbox.add(connection, "", queue.name, "k", message("k:1")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("commits by itself");
            assertThatThrownBy(() -> outbox.add(connection, "", "r".repeat(256), "k", message("k:1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("routingKey", "255");
            assertThatThrownBy(() -> outbox.add(connection, "", "r", "", message("k:1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("key: \"\"");
            connection.setAutoCommit(false);
            Message odd = message("k:1").withHeader("when", new java.util.Date(0));
            assertThatThrownBy(() -> outbox.add(connection, "", "r", "k", odd))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("header when")
                    .hasMessageContaining("expected: String");
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Outbox started(OutboxConfig config) throws Exception {
        return started(config, new RabbitSender(TestQueue.BROKER));
    }

    private Outbox started(OutboxConfig config, RabbitSender sender) throws Exception {
        Outbox outbox = Outbox.of("outbox", config, database.source(), sender);
        open.add(0, sender);
        return start(outbox);
    }

    private Outbox start(Outbox outbox) {
        outbox.start(soon());
        open.add(0, () -> outbox.stop(Deadline.after(Duration.ofSeconds(15))));
        return outbox;
    }

    private RelayProcess startProcess(int broker) throws Exception {
        RelayProcess relay = RelayProcess.start(database, broker, 0);
        open.add(relay::kill);
        return relay;
    }

    private void awaitReceived(int different) {
        Outboxes.await(different + " messages").until(() -> queue.takeAll() >= different);
    }

    private void awaitNoRows() {
        awaitRows(0);
    }

    private void awaitRows(int atMost) {
        Outboxes.await(atMost + " rows").until(() -> database.number("select count(*) from chassis_outbox") <= atMost);
    }

    private static int held(Outbox outbox) {
        return Integer.parseInt(outbox.health().detail().split(" ")[0]);
    }

    private static void cutWhenBusy(FaultProxy proxy, long bytes) {
        try {
            while (proxy.bytesToServer() < bytes) {
                Thread.sleep(5);
            }
            proxy.cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
