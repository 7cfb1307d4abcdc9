package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.TestClient;
import dev.chassis.testing.TestResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Dead letters over the admin port of a whole service, on a real broker. */
@Timeout(120)
class DeadLetterAdminTest {

    private final String queue = Rabbits.unique("letters");
    private final String letters = "/components/rabbit/dead-letters";
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean(true);

    @RegisterExtension
    final ChassisExtension service = ChassisExtension.of("letters", parts -> {
                RabbitConnection rabbit =
                        parts.add(RabbitConnection.from(parts).topology(topology -> topology.queue(queue)));
                parts.add(rabbit.consumer(queue, this::handle).concurrency(1).maxAttempts(1));
            })
            .config("chassis.rabbit.addresses", "127.0.0.1:" + Rabbits.PORT);

    @BeforeEach
    void bury() throws Exception {
        Rabbits.direct(channel -> {
            channel.confirmSelect(); // else a quorum queue may forget what came just before its publisher went away
            for (int i = 0; i < 5; i++) {
                AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                        .messageId("m" + i)
                        .headers(Map.of("secret", "number " + i))
                        .build();
                channel.basicPublish("", queue, properties, new byte[] {'s', 'e', 'c', 'r', 'e', 't'});
            }
            return channel.waitForConfirms(10_000);
        });
        Rabbits.await("five dead letters").until(() -> count() == 5);
    }

    @AfterEach
    void deleteQueues() throws Exception {
        for (String suffix : List.of("", ".dead", ".retry.5s", ".retry.30s", ".retry.2m", ".retry.10m")) {
            Rabbits.deleteQueue(queue + suffix);
        }
    }

    @Test
    void listsWhatTheConsumerNotedAndNothingOfTheMessage() {
        TestResponse page = admin().get(letters + "/" + queue + "?reason=attempts&type=IOException&most=3");

        JsonNode found = page.json().get("letters");
        assertThat(found.valueStream().map(letter -> letter.get("messageId").asString()))
                .containsExactly("m0", "m1", "m2");
        assertThat(found.get(0).get("message").asString()).isEqualTo("no");
        assertThat(found.get(0).get("bytes").asInt()).isEqualTo(6);
        assertThat(page.body()).doesNotContain("secret");
        assertThat(admin().get(letters + "/" + queue + "?type=Other").json().get("letters"))
                .isEmpty();
        assertThat(admin().get(letters + "/" + queue + "?olderThan=P1D").json().get("letters"))
                .isEmpty();
        Rabbits.await("what was looked at is back").until(() -> count() == 5);
    }

    @Test
    void aDryRunOnlyCounts() {
        TestResponse report = replay(Map.of("dryRun", true, "headers", Map.of("secret", "number 3")));

        assertThat(report.status()).isEqualTo(200);
        assertThat(report.json(DeadLetters.Report.class)).isEqualTo(new DeadLetters.Report(5, 1, 0));
        Rabbits.await("what was looked at is back").until(() -> count() == 5);
        assertThat(handled).isEmpty();
    }

    @Test
    void putsBackWhatPassesTheFilterWhileOthersAsk() {
        broken.set(false);
        TestResponse begun = replay(Map.of("perSecond", 100, "headers", Map.of("secret", "number 3")));

        assertThat(begun.status()).isEqualTo(202);
        Rabbits.await("done").until(() -> state().equals("DONE"));
        assertThat(admin().get(begun.header("location").orElseThrow())
                        .json()
                        .get("replayed")
                        .asInt())
                .isEqualTo(1);
        Rabbits.await("handled").until(() -> handled.equals(List.of("m3")));
        Rabbits.await("what was looked at is back").until(() -> count() == 4);
    }

    @Test
    void oneRunsAtATimeAndEndsWhenItIsTold() {
        broken.set(false);
        assertThat(replay(Map.of("perSecond", 0.001)).status()).isEqualTo(202);
        Rabbits.await("the first, which is due at once").until(() -> handled.equals(List.of("m0")));

        assertThat(replay(Map.of()).status()).isEqualTo(409);
        assertThat(admin().delete(letters + "/" + queue + "/replay").status()).isEqualTo(202);
        Rabbits.await("ended").until(() -> state().equals("ENDED"));
        assertThat(replay(Map.of("perSecond", 1000)).status()).isEqualTo(202);
        Rabbits.await("all").until(() -> handled.size() == 5);
        assertThat(handled).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4");
    }

    @Test
    void theDrainEndsAReplayThatWouldTakeDays() {
        broken.set(false);
        assertThat(replay(Map.of("perSecond", 0.00001)).status()).isEqualTo(202);
        Rabbits.await("the first").until(() -> handled.equals(List.of("m0")));

        assertThat(service.drain().verdict().name()).isEqualTo("CLEAN");
        assertThat(handled).containsExactly("m0");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(replay(Map.of("tpye", "IOException")).body()).contains("tpye (expected: dryRun, perSecond, most");
        assertThat(replay(Map.of("tpye", "IOException")).status()).isEqualTo(400);
        assertThat(replay(Map.of("perSecond", -1)).body()).contains("perSecond: -1.0 (expected: more than zero)");
        assertThat(replay(Map.of("perSecond", -1)).status()).isEqualTo(400);
        assertThat(admin().get(letters + "/" + queue + "?most=0").status()).isEqualTo(400);
        assertThat(admin().get(letters + "/" + queue + "/replay").status()).isEqualTo(404);
        assertThat(admin().get(letters + "/no-such-queue").status()).isEqualTo(404);
        assertThat(admin().post(letters + "/no-such-queue/replay", "").status()).isEqualTo(404);
        assertThat(admin().with("origin", "http://localhost")
                        .post(letters + "/" + queue + "/replay", "")
                        .status())
                .isEqualTo(403);
        Rabbits.await("what was looked at is back").until(() -> count() == 5);
    }

    private Outcome handle(Delivery<byte[]> delivery) throws IOException {
        if (broken.get()) {
            throw new IOException("no");
        }
        handled.add(delivery.messageId());
        return Outcome.ack();
    }

    private TestResponse replay(Map<String, Object> order) {
        return admin().post(letters + "/" + queue + "/replay", order);
    }

    private String state() {
        return admin().get(letters + "/" + queue + "/replay")
                .json()
                .get("state")
                .asString();
    }

    private long count() {
        JsonNode counts = admin().get(letters).json().get("queues");
        assertThat(counts).hasSize(1);
        assertThat(counts.get(0).get("queue").asString()).isEqualTo(queue);
        return counts.get(0).get("deadLetters").asLong();
    }

    private TestClient admin() {
        return service.admin();
    }
}
