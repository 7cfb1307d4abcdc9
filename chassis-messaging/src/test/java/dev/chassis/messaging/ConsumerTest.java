package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import dev.chassis.context.Correlation;
import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of deliveries, on a real broker. */
class ConsumerTest {

    private final Rig rig = new Rig();
    private final List<Delivery<byte[]>> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void acknowledgesWhatWasHandled() throws Exception {
        Consumer<byte[]> consumer = Rig.started(rig.consumer(this::ack));
        rig.publishMany(500);
        Rig.await("all").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 500);
        drainAndStop(consumer);
        assertThat(seen).extracting(Delivery::messageId).doesNotHaveDuplicates().hasSize(500);
        assertThat(rig.ready()).isZero();
    }

    @Test
    void triesAgainWithTheAttemptCountedAndWhereItCameFromKept() throws Exception {
        Rig.started(rig.consumer(delivery -> {
            seen.add(delivery);
            return delivery.attempt() < 3 ? Outcome.retry("not yet") : Outcome.ack();
        }));
        rig.publish("a", "x");
        Rig.await("three attempts").until(() -> seen.size() == 3);
        assertThat(seen).extracting(Delivery::attempt).containsExactly(1, 2, 3);
        assertThat(seen).extracting(Delivery::messageId).containsOnly("a");
        assertThat(seen).extracting(Delivery::routingKey).containsOnly(rig.queue);
        assertThat(seen.get(2).headers()).containsKeys(FailureHeaders.FIRST, FailureHeaders.LAST);
    }

    @Test
    void buriesWhatFailsAsOftenAsItMay() throws Exception {
        Rig.started(rig.consumer(delivery -> {
                    seen.add(delivery);
                    throw new IOException("no luck with it");
                })
                .maxAttempts(2));
        rig.publish("a", "x");
        AMQP.BasicProperties dead = rig.take(rig.dead()).getProps();
        assertThat(seen).hasSize(2);
        assertThat(dead.getMessageId()).isEqualTo("a");
        assertThat(Values.plain(dead.getHeaders()))
                .containsEntry(FailureHeaders.REASON, "attempts")
                .containsEntry(FailureHeaders.TYPE, "java.io.IOException")
                .containsEntry(FailureHeaders.MESSAGE, "no luck with it")
                .containsEntry(FailureHeaders.ATTEMPT, 2L)
                .containsEntry(FailureHeaders.QUEUE, rig.queue);
        assertThat(String.valueOf(dead.getHeaders().get(FailureHeaders.STACK))).contains("ConsumerTest");
    }

    @Test
    void buriesAtOnceWhatIsPermanent() throws Exception {
        Rig.started(rig.consumer(delivery -> {
            seen.add(delivery);
            throw new RuntimeException(new PermanentFailureException("never"));
        }));
        rig.publish("a", "x");
        assertThat(headersOf(rig.take(rig.dead())))
                .containsEntry(FailureHeaders.REASON, "permanent")
                .containsEntry(FailureHeaders.MESSAGE, "never");
        assertThat(seen).hasSize(1);
    }

    @Test
    void buriesUndecodablePoisonWithoutCallingTheHandlerAndGoesOn() throws Exception {
        List<Order> orders = new CopyOnWriteArrayList<>();
        Consumer<Order> consumer =
                rig.kept(new Consumer<>(rig.source(), rig.queue, new JsonDecoder<>(Order.class), delivery -> {
                    orders.add(delivery.payload());
                    return Outcome.ack();
                }));
        Rig.started(consumer);
        rig.publish("poison", "{\"number\":");
        rig.publish("null", "null");
        rig.publish("wrong", "{\"number\":\"seven\"}");
        rig.publish("missing", "{\"name\":\"seven\"}");
        rig.publish("good", "{\"number\":7,\"unknown\":true}");
        Rig.await("the good one").until(() -> orders.equals(List.of(new Order(7))));
        List<Object> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Map<String, Object> headers = headersOf(rig.take(rig.dead()));
            assertThat(headers).containsEntry(FailureHeaders.REASON, "undecodable");
            messages.add(headers.get(FailureHeaders.MESSAGE));
        }
        String number =
                "the body has a wrong value at $.number (expected: a whole number from -2147483648 to 2147483647)";
        assertThat(messages)
                .filteredOn(message -> String.valueOf(message).startsWith(number))
                .hasSize(2);
        assertThat(messages)
                .anySatisfy(message -> assertThat(String.valueOf(message)).startsWith("the body is null"));
        assertThat(orders).hasSize(1);
    }

    @Test
    void givesBackWhatTheHandlerReturns() throws Exception {
        Rig.started(rig.consumer(delivery -> {
            seen.add(delivery);
            return seen.size() == 1 ? Outcome.giveBack() : Outcome.ack();
        }));
        rig.publish("a", "x");
        Rig.await("again").until(() -> seen.size() == 2);
        assertThat(seen.get(0).redelivered()).isFalse();
        assertThat(seen.get(1).redelivered()).isTrue();
        assertThat(seen.get(1).attempt()).as("a return is no attempt").isEqualTo(1);
    }

    @Test
    void capsTheHeadersOfAFailureThatSaysTooMuch() throws Exception {
        String endless = "ü".repeat(100 * 1024);
        Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
            throw new PermanentFailureException(endless, new IllegalStateException(endless));
        }));
        rig.publish("a", "x", Map.of("big", "y".repeat(100 * 1024)));
        Map<String, Object> headers = headersOf(rig.take(rig.dead()));
        assertThat(headers).containsKeys("big", FailureHeaders.REASON, FailureHeaders.STACK);
        long ours = com.rabbitmq.client.impl.Frame.tableSize(headers) - 100 * 1024;
        assertThat(ours).isLessThan(16 * 1024);
        assertThat(consumer.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void leavesOutTheStackWhereTheMessagesOwnHeadersFillTheFrame() throws Exception {
        Rig.started(rig.consumer(delivery -> {
            throw new PermanentFailureException("never");
        }));
        rig.publish("a", "x", Map.of("big", "y".repeat(124 * 1024 + 512)));
        Map<String, Object> headers = headersOf(rig.take(rig.dead()));
        assertThat(headers).containsKeys("big", FailureHeaders.REASON).doesNotContainKey(FailureHeaders.STACK);
    }

    @Test
    void survivesWhateverAHandlerThrows() throws Exception {
        List<Throwable> all = List.of(
                new Error("an error"),
                new StackOverflowError(),
                new OutOfMemoryError("not really"),
                new LinkageError("a class"),
                new InterruptedException("nobody did"),
                new MutedException(),
                new AssertionError());
        Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                    throw ConsumerTest.<RuntimeException>sneaky(
                            all.get(Integer.parseInt(Rig.text(delivery.payload()))));
                })
                .maxAttempts(1));
        for (int i = 0; i < all.size(); i++) {
            rig.publish("m" + i, String.valueOf(i));
        }
        for (int i = 0; i < all.size(); i++) {
            rig.take(rig.dead());
        }
        assertThat(consumer.stats().status().state()).isEqualTo(ConsumerStats.State.CONSUMING);
        Rig.await("settled").until(() -> consumer.inFlight() == 0);
    }

    @Test
    void treatsNullAsAFailure() throws Exception {
        @SuppressWarnings("NullAway")
        DeliveryHandler<byte[]> broken = delivery -> null;
        Rig.started(rig.consumer(broken).maxAttempts(1));
        rig.publish("a", "x");
        assertThat(headersOf(rig.take(rig.dead()))).containsEntry(FailureHeaders.REASON, "attempts");
    }

    @Test
    void interruptsAHandlerThatHangsAndDropsItsOutcome() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                    seen.add(delivery);
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                    return Outcome.ack(); // Too late to count.
                })
                .handlerTimeout(Duration.ofMillis(200))
                .maxAttempts(2));
        rig.publish("a", "x");
        assertThat(headersOf(rig.take(rig.dead()))).containsEntry(FailureHeaders.ATTEMPT, 2L);
        Rig.await("both late").until(() -> consumer.stats().lateCount() == 2);
        assertThat(interrupted).hasValue(2);
        assertThat(consumer.stats().outcomes(Verdict.Kind.ACK)).isZero();
    }

    @Test
    void replacesAWorkerThatIgnoresItsInterruption() throws Exception {
        java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
        Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                    if (Rig.text(delivery.payload()).equals("stubborn")) {
                        awaitUninterruptibly(release);
                    }
                    seen.add(delivery);
                    return Outcome.ack();
                })
                .concurrency(1)
                .prefetch(10)
                .maxAttempts(1)
                .handlerTimeout(Duration.ofMillis(100)));
        rig.publish("a", "stubborn");
        rig.publish("b", "quick");
        Rig.await("the one behind").until(() -> !seen.isEmpty());
        assertThat(seen).extracting(Delivery::messageId).containsExactly("b");
        assertThat(consumer.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(consumer.health().detail()).contains("1 handlers ignore");
        release.countDown();
        Rig.await("well again").until(() -> consumer.health().status() == Health.Status.UP);
        rig.publish("c", "quick");
        Rig.await("the next").until(() -> seen.size() == 3);
    }

    @Test
    void holdsNobodyUpWhenOneBlocksAfterManyThatWereQuick() throws Exception {
        int count = 3_000;
        AtomicBoolean blocking = new AtomicBoolean();
        CountDownLatch behind = new CountDownLatch(count - 1);
        Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                    if (blocking.get() && delivery.messageId().equals("m0")) {
                        behind.await();
                    } else if (blocking.get()) {
                        behind.countDown();
                    }
                    return Outcome.ack();
                })
                .concurrency(4)
                .prefetch(50));
        rig.publishMany(count);
        Rig.await("quick ones").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == count);
        blocking.set(true);
        rig.publishMany(count);
        Rig.await("all").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 2 * count);
        assertThat(consumer.stats().lateCount()).isZero();
    }

    @Test
    void keepsTheOrderOfAKeyAndLetsNoKeyBlockAnother() throws Exception {
        Map<String, List<Integer>> byKey = new java.util.concurrent.ConcurrentHashMap<>();
        java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
        Map<String, AtomicInteger> at = new java.util.concurrent.ConcurrentHashMap<>();
        ConcurrentLinkedQueue<String> overlaps = new ConcurrentLinkedQueue<>();
        Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                    String[] parts = Rig.text(delivery.payload()).split(":");
                    if (at.computeIfAbsent(parts[0], k -> new AtomicInteger()).incrementAndGet() != 1) {
                        overlaps.add(parts[0]);
                    }
                    if (parts[0].equals("slow")) {
                        release.await();
                    }
                    byKey.computeIfAbsent(parts[0], k -> new CopyOnWriteArrayList<>())
                            .add(Integer.valueOf(parts[1]));
                    at.get(parts[0]).decrementAndGet();
                    return Outcome.ack();
                })
                .concurrency(4)
                .prefetch(200)
                .orderedBy(delivery -> Rig.text(delivery.payload()).split(":")[0]));
        for (int i = 0; i < 100; i++) {
            for (String key : List.of("slow", "b", "c", "d", "e")) {
                if (i < 20 || !key.equals("slow")) {
                    rig.publish(key + i, key + ":" + i);
                }
            }
        }
        Rig.await("the others").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 400);
        assertThat(byKey).doesNotContainKey("slow");
        release.countDown();
        Rig.await("all").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 420);
        assertThat(overlaps).isEmpty();
        byKey.forEach((key, numbers) -> assertThat(numbers).as(key).isSorted().doesNotHaveDuplicates());
        assertThat(byKey.get("slow")).hasSize(20);
    }

    @Test
    void runsHandlersUnderTheCorrelationOfThePublisher() throws Exception {
        List<Correlation> correlations = new CopyOnWriteArrayList<>();
        Rig.started(rig.consumer(delivery -> {
            correlations.add(Correlation.current());
            return Outcome.ack();
        }));
        String trace = "0af7651916cd43dd8448eb211c80319c";
        rig.publish(
                "a", "x", Map.of("x-correlation-id", "order-7", "traceparent", "00-" + trace + "-b7ad6b7169203331-01"));
        Rig.await("the first").until(() -> correlations.size() == 1);
        rig.publish("b", "x");
        Rig.await("the second").until(() -> correlations.size() == 2);
        assertThat(correlations.get(0).id()).isEqualTo("order-7");
        assertThat(correlations.get(0).traceId()).isEqualTo(trace);
        assertThat(correlations.get(1).id()).isNotEqualTo("order-7").hasSize(32);
    }

    @Test
    void pausesWhileWhatItNeedsIsDownAndLosesNoAttempt() throws Exception {
        java.util.concurrent.atomic.AtomicBoolean down = new java.util.concurrent.atomic.AtomicBoolean(true);
        Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                    seen.add(delivery);
                    if (down.get()) {
                        throw new DependencyDownException("db", new IOException("refused"));
                    }
                    return Outcome.ack();
                })
                .concurrency(1)
                .prefetch(5)
                .pauseWhile("db", down::get));
        rig.publishMany(20);
        Rig.await("paused").until(() -> consumer.health().detail().startsWith("paused"));
        Rig.await("all back").until(() -> rig.ready() == 20);
        int handled = seen.size();
        down.set(false);
        Rig.await("all").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 20);
        assertThat(handled).as("handled while it was down").isLessThan(7);
        assertThat(seen).extracting(Delivery::attempt).containsOnly(1);
    }

    @Test
    void pausesForACheckThatHangs() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean hangs = new AtomicBoolean(true);
        HealthCheck hanging = new HealthCheck() {
            @Override
            public String name() {
                return "db";
            }

            @Override
            public Health check() throws Exception {
                asked.incrementAndGet();
                if (hangs.get()) {
                    Thread.sleep(60_000);
                }
                return Health.up();
            }

            @Override
            public Duration interval() {
                return Duration.ofMillis(100);
            }

            @Override
            public Duration timeout() {
                return Duration.ofMillis(100);
            }
        };
        Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                    seen.add(delivery);
                    return asked.get() == 0 ? Outcome.retry("something is wrong") : Outcome.ack();
                })
                .pauseWhile(hanging));
        rig.publish("a", "x");
        Rig.await("paused").until(() -> consumer.health().detail().contains("db did not answer"));
        hangs.set(false);
        Rig.await("asked again, and resumed").until(() -> consumer.health().status() == Health.Status.UP);
        Rig.await("tried again").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 1);
        assertThat(asked).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    void keepsWhatItCannotBury() throws Exception {
        Consumer<byte[]> consumer = new Consumer<byte[]>(
                        rig.source("publish.confirm-timeout", "200ms"), rig.queue, Decoder.bytes(), delivery -> {
                            seen.add(delivery);
                            return Outcome.deadLetter("never");
                        })
                .declaringNothing();
        Rig.started(rig.kept(consumer));
        rig.publish("a", "x");
        Rig.await("it comes again").until(() -> seen.size() >= 2);
        assertThat(consumer.stats().unconfirmedCount()).isPositive();
        rig.direct.queueDeclare(rig.dead(), true, false, false, Map.of());
        rig.take(rig.dead());
        drainAndStop(consumer);
        assertThat(rig.ready()).isZero();
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        Consumer<byte[]> consumer = rig.consumer(this::ack);
        assertThatThrownBy(() -> consumer.prefetch(0)).hasMessage("prefetch: 0 (expected: 1 to 999)");
        assertThatThrownBy(() -> consumer.prefetch(1000)).hasMessage("prefetch: 1000 (expected: 1 to 999)");
        assertThatThrownBy(() -> consumer.concurrency(0)).hasMessage("concurrency: 0 (expected: 1 to 999)");
        assertThatThrownBy(() -> consumer.maxAttempts(0)).hasMessage("maxAttempts: 0 (expected: 1 to 1000)");
        assertThatThrownBy(consumer::retry).hasMessageContaining("expected: one delay or more");
        assertThatThrownBy(() -> consumer.retry(Duration.ZERO)).hasMessage("retry: PT0S (expected: 1 ms to 24 h)");
        assertThatThrownBy(() -> consumer.handlerTimeout(Duration.ofHours(1))).hasMessageContaining("at most PT15M");
        assertThatThrownBy(() -> new Consumer<>(rig.source(), "", Decoder.bytes(), this::ack))
                .hasMessageContaining("expected: the name of a queue");
        consumer.concurrency(10).prefetch(5);
        assertThatThrownBy(() -> consumer.start(Rig.soon()))
                .hasMessageContaining("chassis.rabbit.consume.prefetch (expected: at least the concurrency");
    }

    @Test
    void failsToStartOnAQueueThatIsNotThere() throws Exception {
        rig.direct.queueDelete(rig.queue);
        Consumer<byte[]> consumer = rig.consumer(this::ack);
        assertThatThrownBy(() -> consumer.start(Rig.soon()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NOT_FOUND")
                .hasMessageContaining(rig.queue);
    }

    private Outcome ack(Delivery<byte[]> delivery) {
        seen.add(delivery);
        return Outcome.ack();
    }

    static void drainAndStop(Consumer<?> consumer) throws Exception {
        consumer.drain().toCompletableFuture().get(20, java.util.concurrent.TimeUnit.SECONDS);
        consumer.stop(Rig.soon());
    }

    private static Map<String, Object> headersOf(GetResponse response) {
        return Values.plain(response.getProps().getHeaders());
    }

    private static void awaitUninterruptibly(java.util.concurrent.CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignored) {
                // That is the point.
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    record Order(int number) {}

    /** Will not even say what it is. */
    private static final class MutedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no comment");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no comment");
        }
    }
}
