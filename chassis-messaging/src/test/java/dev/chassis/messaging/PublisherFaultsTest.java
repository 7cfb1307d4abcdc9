package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.health.Health;
import dev.chassis.messaging.PublishResult.Outcome;
import dev.chassis.testing.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publishing through a network that is cut, stalls, or refuses. */
class PublisherFaultsTest {

    private final String queue = Rabbits.unique("faults");
    private final FaultProxy proxy = FaultProxy.to("127.0.0.1", Rabbits.PORT);

    @SuppressWarnings("NullAway.Init")
    private RabbitConnection rabbit;

    @SuppressWarnings("NullAway.Init")
    private Publisher publisher;

    @AfterEach
    void stop() throws Exception {
        publisher.stop(Rabbits.soon());
        rabbit.stop(Rabbits.soon());
        proxy.close();
        Rabbits.deleteQueue(queue);
    }

    @Test
    void losesNothingItHasConfirmedHoweverOftenItIsCut() throws Exception {
        start("publish.window-timeout", "10s");
        List<CompletionStage<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            results.add(publisher.publish(queue, message(i)));
            if (i % 2_000 == 1_999) {
                proxy.cut();
            }
        }
        Set<String> confirmed = new HashSet<>();
        int unknown = 0;
        for (CompletionStage<PublishResult> result : results) {
            PublishResult known = PublisherTest.get(result);
            if (known.isConfirmed()) {
                confirmed.add(known.messageId());
            } else {
                assertThat(known.outcome()).isIn(Outcome.OUTCOME_UNKNOWN, Outcome.REFUSED);
                unknown++;
            }
        }
        List<String> received = Rabbits.ids(queue);
        assertThat(received).as("at most once").doesNotHaveDuplicates();
        assertThat(new HashSet<>(received)).containsAll(confirmed);
        System.out.println("measured: 6 cuts, confirmed " + confirmed.size() + ", received " + received.size()
                + ", unknown or refused " + unknown);
        assertThat(rabbit.publishing().generation()).isGreaterThan(1);
        assertThat(unknown).isPositive();
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenTheConfirmNeverCame() throws Exception {
        start();
        proxy.stall();
        CompletionStage<PublishResult> result = publisher.publish(queue, message(1));
        Rabbits.await("sent").until(() -> publisher.inFlight() == 1);
        proxy.refuse();
        proxy.cut();
        assertThat(PublisherTest.get(result).outcome()).isIn(Outcome.OUTCOME_UNKNOWN, Outcome.REFUSED);
        proxy.forward();
        Rabbits.await("back")
                .until(() ->
                        PublisherTest.get(publisher.publish(queue, message(2))).isConfirmed());
    }

    @Test
    void timesOutAConfirmThatDoesNotComeAndIgnoresItLater() throws Exception {
        start("publish.confirm-timeout", "300ms");
        proxy.stall();
        PublishResult late = PublisherTest.get(publisher.publish(queue, message(1)));
        assertThat(late.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(publisher.inFlight()).isZero();
        proxy.forward();
        Rabbits.await("confirmed again")
                .until(() ->
                        PublisherTest.get(publisher.publish(queue, message(2))).isConfirmed());
        assertThat(Rabbits.ids(queue)).as("it had arrived after all").contains("m1", "m2");
        assertThat(publisher.inFlight()).isZero();
    }

    @Test
    void refusesWhatTheWindowDoesNotHold() throws Exception {
        start("publish.window-messages", "10", "publish.window-timeout", "50ms");
        proxy.stall();
        List<CompletionStage<PublishResult>> held = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            held.add(publisher.publish(queue, message(i)));
        }
        PublishResult refused = PublisherTest.get(publisher.publish(queue, message(10)));
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.detail()).contains("window is full");
        proxy.forward();
        for (CompletionStage<PublishResult> each : held) {
            assertThat(PublisherTest.get(each).isConfirmed()).isTrue();
        }
        assertThat(Rabbits.ids(queue)).hasSize(10).doesNotContain("m10");
    }

    @Test
    void refusesByBytesAsWell() throws Exception {
        start("publish.window-bytes", "2048", "publish.window-timeout", "0s");
        proxy.stall();
        CompletionStage<PublishResult> first = publisher.publish(queue, Message.of(new byte[1500], "a/b"));
        assertThat(PublisherTest.get(publisher.publish(queue, Message.of(new byte[1500], "a/b")))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        proxy.forward();
        assertThat(PublisherTest.get(first).isConfirmed()).isTrue();
    }

    @Test
    void refusesWithoutAConnectionAndNamesTheReason() throws Exception {
        start("publish.window-timeout", "0s");
        proxy.refuse();
        proxy.cut();
        Rabbits.await("noticed").until(() -> rabbit.publishing().current() == null);
        PublishResult refused = PublisherTest.get(publisher.publish(queue, message(1)));
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.detail()).startsWith("not connected");
        proxy.forward();
        Rabbits.await("back").until(() -> rabbit.publishing().current() != null);
        assertThat(PublisherTest.get(publisher.publish(queue, message(2))).isConfirmed())
                .isTrue();
        assertThat(Rabbits.ids(queue)).containsExactly("m2");
    }

    @Test
    void cutsAConnectionOnWhichAWriteHangs() throws Exception {
        start(
                "rpc-timeout",
                "1s",
                "heartbeat",
                "10m",
                "publish.window-messages",
                "100000",
                "publish.window-bytes",
                "1073741824");
        proxy.stall();
        List<CompletionStage<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            results.add(publisher.publish(queue, Message.of(new byte[1_000_000], "a/b")));
        }
        Rabbits.await("the watchdog has cut it").until(() -> rabbit.publishing().current() == null);
        proxy.forward();
        for (CompletionStage<PublishResult> result : results) {
            assertThat(PublisherTest.get(result).outcome())
                    .isIn(Outcome.OUTCOME_UNKNOWN, Outcome.CONFIRMED, Outcome.REFUSED);
        }
        assertThat(rabbit.publishing().generation()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void opensAnotherChannelWhenTheBrokerClosesItsOwn() throws Exception {
        String exchange = Rabbits.unique("gone");
        Rabbits.direct(channel -> channel.exchangeDeclare(exchange, "fanout", true));
        start();
        Publisher other = rabbit.publisher(exchange);
        other.start(Rabbits.soon());
        Rabbits.direct(channel -> channel.queueBind(queue, exchange, ""));
        assertThat(PublisherTest.get(other.publish("", message(1))).isConfirmed())
                .isTrue();
        Rabbits.deleteExchange(exchange);
        PublishResult lost = PublisherTest.get(other.publish("", message(2)));
        assertThat(lost.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
        assertThat(lost.detail()).contains("404").contains(exchange);
        Rabbits.direct(channel -> channel.exchangeDeclare(exchange, "fanout", true));
        Rabbits.direct(channel -> channel.queueBind(queue, exchange, ""));
        Rabbits.await("a channel that lasts")
                .until(() -> PublisherTest.get(other.publish("", message(3))).isConfirmed());
        assertThat(other.health()).isEqualTo(Health.up());
        assertThat(rabbit.publishing().generation()).isEqualTo(1);
        other.stop(Rabbits.soon());
        Rabbits.deleteExchange(exchange);
    }

    private void start(String... keysAndValues) throws Exception {
        rabbit = Rabbits.to(proxy.port(), keysAndValues);
        rabbit.topology(topology -> topology.queue(queue, Map.of("x-queue-type", "classic")));
        publisher = rabbit.publisher("");
        rabbit.start(Rabbits.soon());
        publisher.start(Rabbits.soon());
    }

    private static Message message(int number) {
        return Message.of("hello".getBytes(StandardCharsets.UTF_8), "text/plain")
                .withId("m" + number);
    }
}
