package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.GetResponse;
import dev.chassis.context.Correlation;
import dev.chassis.lifecycle.Component;
import dev.chassis.messaging.PublishResult.Outcome;
import dev.chassis.testing.ComponentContract;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishing to a broker that behaves. */
class PublisherTest implements ComponentContract {

    private static final byte[] SMALL = "hello".getBytes(StandardCharsets.UTF_8);

    private final String queue = Rabbits.unique("publisher");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private RabbitConnection rabbit;
    private Publisher publisher;

    @BeforeEach
    void start() throws Exception {
        start(Map.of("x-queue-type", "classic"));
    }

    @AfterEach
    void stop() throws Exception {
        publisher.stop(Rabbits.soon());
        rabbit.stop(Rabbits.soon());
        Rabbits.deleteQueue(queue);
    }

    /** Over the connection of this test, which is its own part of the service. */
    @Override
    public Component create() {
        return rabbit.publisher("");
    }

    @Override
    public Optional<Component> createFailing() {
        return Optional.of(rabbit.publisher(Rabbits.unique("missing")));
    }

    @Test
    void confirmsWhatIsInTheQueueAsItWasPublished() throws Exception {
        Correlation correlation = new Correlation("order-7", "0123456789abcdef0123456789abcdef");
        CompletionStage<PublishResult> result;
        try (Correlation.Scope scope = correlation.open()) {
            result = publisher.publish(
                    queue,
                    Message.json(Map.of("id", 7))
                            .withId("m-1")
                            .withHeader("tenant", "acme")
                            .withExpiration(Duration.ofMinutes(5)));
        }
        assertThat(get(result)).isEqualTo(new PublishResult("m-1", Outcome.CONFIRMED, ""));
        GetResponse got = Rabbits.direct(channel -> channel.basicGet(queue, true));
        assertThat(new String(got.getBody(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":7}");
        assertThat(got.getProps().getContentType()).isEqualTo("application/json");
        assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(got.getProps().getMessageId()).isEqualTo("m-1");
        assertThat(got.getProps().getTimestamp()).isNotNull();
        assertThat(got.getProps().getAppId()).isEqualTo("rabbit");
        assertThat(got.getProps().getCorrelationId()).isEqualTo("order-7");
        assertThat(got.getProps().getExpiration()).isEqualTo("300000");
        assertThat(got.getProps().getHeaders().get("tenant")).hasToString("acme");
        assertThat(String.valueOf(got.getProps().getHeaders().get("traceparent")))
                .matches("00-0123456789abcdef0123456789abcdef-[0-9a-f]{16}-00");
    }

    @Test
    void returnsWhatNoQueueIsBoundForAndOnlyThat() throws Exception {
        List<CompletionStage<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            results.add(publisher.publish(i % 3 == 0 ? queue + "-missing" : queue, small().withId("m" + i)));
        }
        for (int i = 0; i < 500; i++) {
            PublishResult result = get(results.get(i));
            assertThat(result.messageId()).isEqualTo("m" + i);
            assertThat(result.outcome()).as("m" + i).isEqualTo(i % 3 == 0 ? Outcome.RETURNED : Outcome.CONFIRMED);
        }
        assertThat(get(results.get(0)).detail()).isEqualTo("312 NO_ROUTE");
        assertThat(meters.get("rabbitmq.publish")
                        .tag("outcome", "RETURNED")
                        .functionCounter()
                        .count())
                .isEqualTo(167);
    }

    @Test
    void nacksWhatAFullQueueRefuses() throws Exception {
        restart(Map.of("x-queue-type", "classic", "x-max-length", 3, "x-overflow", "reject-publish"));
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            outcomes.add(get(publisher.publish(queue, small())).outcome());
        }
        assertThat(outcomes.subList(0, 3)).containsOnly(Outcome.CONFIRMED);
        assertThat(outcomes.subList(4, 10)).containsOnly(Outcome.NACKED);
    }

    @Test
    void keepsTheOrderOfAThreadAndLosesNothingOfMany() throws Exception {
        int threads = 4;
        int each = 2_500;
        List<Thread> running = new ArrayList<>();
        List<CompletionStage<PublishResult>> results = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int id = t;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    CompletionStage<PublishResult> result = publisher.publish(queue, small().withId(id + "." + i));
                    synchronized (results) {
                        results.add(result);
                    }
                }
            });
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join(60_000);
        }
        for (CompletionStage<PublishResult> result : results) {
            assertThat(get(result).isConfirmed()).isTrue();
        }
        int[] next = new int[threads];
        for (String id : ids()) {
            int dot = id.indexOf('.');
            int thread = Integer.parseInt(id.substring(0, dot));
            assertThat(Integer.parseInt(id.substring(dot + 1))).isEqualTo(next[thread]++);
        }
        assertThat(next).containsOnly(each);
    }

    @Test
    void refusesABodyThatTheWindowCannotHold() {
        assertThatThrownBy(() -> publisher.publish(queue, Message.of(new byte[9_000_000], "a/b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("window-bytes");
    }

    @Test
    void refusesHeadersThatWouldCostTheChannel() {
        assertThatThrownBy(() -> small().withHeader("who", new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("who")
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> small().withHeader("big", "x".repeat(70_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("big");
        assertThatThrownBy(() -> publisher.publish("k".repeat(256), small()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("routing key");
    }

    @Test
    void publishesABatchAndTellsTheOutcomesInOrder() throws Exception {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            messages.add(small().withId("b" + i));
        }
        List<PublishResult> results = get(publisher.publish(queue, messages));
        assertThat(results).allMatch(PublishResult::isConfirmed);
        assertThat(results.stream().map(PublishResult::messageId))
                .isEqualTo(messages.stream().map(Message::id).toList());
        assertThat(ids()).hasSize(3_000);
    }

    @Test
    void isNotHeldUpByACallbackThatBlocks() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> blocked = blockedCallback(release);
        while (blocked.isDone()) {
            blocked = blockedCallback(release); // the confirm was there first, and the callback ran here
        }
        for (int i = 0; i < 3_000; i++) {
            assertThat(get(publisher.publish(queue, small())).isConfirmed()).isTrue();
        }
        assertThat(blocked.isDone()).isFalse();
        release.countDown();
        blocked.get(10, TimeUnit.SECONDS);
    }

    /** A callback that blocks a thread of the publisher's; done at once where it would have blocked the caller. */
    private CompletableFuture<Void> blockedCallback(CountDownLatch release) throws Exception {
        Thread caller = Thread.currentThread();
        return publisher
                .publish(queue, small())
                .thenAccept(result -> {
                    if (Thread.currentThread() != caller) {
                        await(release);
                    }
                })
                .toCompletableFuture();
    }

    @Test
    void publishesFromThreadsThatAreInterruptedAllTheTime() throws Exception {
        List<CompletionStage<PublishResult>> results = new ArrayList<>();
        Thread thread = new Thread(() -> {
            for (int i = 0; i < 5_000; i++) {
                results.add(publisher.publish(queue, small().withId("i" + i)));
            }
        });
        thread.start();
        while (thread.isAlive()) {
            thread.interrupt();
            Thread.yield();
        }
        Set<String> confirmed = new HashSet<>();
        for (CompletionStage<PublishResult> result : results) {
            PublishResult known = get(result);
            assertThat(known.outcome()).isIn(Outcome.CONFIRMED, Outcome.REFUSED);
            if (known.isConfirmed()) {
                confirmed.add(known.messageId());
            }
        }
        assertThat(results).hasSize(5_000);
        assertThat(new HashSet<>(ids())).isEqualTo(confirmed).isNotEmpty();
        assertThat(rabbit.publishing().generation())
                .as("the connection is the same")
                .isEqualTo(1);
    }

    @Test
    void flushesBeforeItStopsAndRefusesAfterwards() throws Exception {
        List<CompletionStage<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            results.add(publisher.publish(queue, small()));
        }
        publisher.flush(Rabbits.soon());
        assertThat(publisher.inFlight()).isZero();
        publisher.stop(Rabbits.soon());
        for (CompletionStage<PublishResult> result : results) {
            assertThat(get(result).isConfirmed()).isTrue();
        }
        assertThat(get(publisher.publish(queue, small())).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void completesEveryStageWhenItStopsWithoutAFlush() throws Exception {
        List<CompletionStage<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            results.add(publisher.publish(queue, small()));
        }
        publisher.stop(Deadline.after(Duration.ZERO));
        for (CompletionStage<PublishResult> result : results) {
            assertThat(get(result).outcome()).isIn(Outcome.CONFIRMED, Outcome.OUTCOME_UNKNOWN, Outcome.REFUSED);
        }
    }

    private void restart(Map<String, Object> arguments) throws Exception {
        stop();
        start(arguments);
    }

    private void start(Map<String, Object> arguments) throws Exception {
        rabbit = Rabbits.to(Rabbits.PORT);
        rabbit.topology(topology -> topology.queue(queue, arguments));
        publisher = rabbit.publisher("");
        publisher.bindTo(meters);
        rabbit.start(Rabbits.soon());
        publisher.start(Rabbits.soon());
    }

    private List<String> ids() throws Exception {
        return Rabbits.ids(queue);
    }

    private static Message small() {
        return Message.of(SMALL, "text/plain");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
