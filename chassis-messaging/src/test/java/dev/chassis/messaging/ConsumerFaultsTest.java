package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.health.Health;
import dev.chassis.testing.FaultProxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A consumer whose broker, channel or network fails. */
class ConsumerFaultsTest {

    @Test
    void saysThatItsQueueIsGoneAndConsumesAgainWhenItIsBack() throws Exception {
        try (Rig rig = new Rig()) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                seen.add(delivery.messageId());
                return Outcome.ack();
            }));
            rig.publish("before", "x");
            Rig.await("the first").until(() -> seen.contains("before"));
            rig.direct.queueDelete(rig.queue);
            Rig.await("down").until(() -> consumer.health().status() == Health.Status.DOWN);
            assertThat(consumer.health().detail()).contains("NOT_FOUND", rig.queue);
            rig.declare(Map.of());
            rig.publish("after", "x");
            Rig.await("the second").until(() -> seen.contains("after"));
            Rig.await("up").until(() -> consumer.health().status() == Health.Status.UP);
        }
    }

    /** The retry queues as well, and not only when the connection is a new one. */
    @Test
    void declaresWhatOperatorsHaveDeletedWhileTheConnectionLives() throws Exception {
        String queue = Rabbits.unique("deleted");
        RabbitConnection rabbit = Rabbits.to(Rabbits.PORT)
                .topology(topology -> topology.exchange(queue, "fanout")
                        .queue(queue, Map.of("x-queue-type", "classic"))
                        .bind(queue, queue, ""));
        Publisher publisher = rabbit.publisher(queue);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Consumer<byte[]> consumer = rabbit.consumer(queue, delivery -> {
                    seen.add(delivery.messageId() + delivery.attempt());
                    return delivery.attempt() == 1 && delivery.messageId().startsWith("retried")
                            ? Outcome.retry("not yet")
                            : Outcome.ack();
                })
                .retry(Rig.SHORT);
        try {
            rabbit.start(Rig.soon());
            publisher.start(Rig.soon());
            consumer.start(Rig.soon());
            Rabbits.deleteQueue(queue);
            Rig.await("the queue is there again, and is bound").until(() -> arrives(publisher, "queue"));
            Rig.await("consumed").until(() -> seen.contains("queue1"));

            Rabbits.deleteExchange(queue);
            Rig.await("so is the exchange").until(() -> arrives(publisher, "exchange"));
            Rig.await("consumed").until(() -> seen.contains("exchange1"));

            Rabbits.deleteQueue(queue + ".retry.100ms");
            assertThat(arrives(publisher, "retried a")).isTrue();
            Rig.await("kept").until(() -> consumer.stats().unconfirmedCount() == 1);
            assertThat(arrives(publisher, "retried b")).isTrue();
            Rig.await("the retry queue is there again").until(() -> seen.contains("retried b2"));
            assertThat(rabbit.health()).isEqualTo(Health.up());
            assertThat(consumer.health().status()).isEqualTo(Health.Status.UP);
            assertThat(rabbit.publishing().generation())
                    .as("the connection is the same")
                    .isEqualTo(1);
        } finally {
            consumer.stop(Rig.soon());
            publisher.stop(Rig.soon());
            rabbit.stop(Rig.soon());
            for (String suffix : List.of("", ".dead", ".retry.100ms")) {
                Rabbits.deleteQueue(queue + suffix);
            }
            Rabbits.deleteExchange(queue);
        }
    }

    /** A service that only publishes learns from what is returned. */
    @Test
    void declaresAQueueAgainWhenItsMessagesAreReturned() throws Exception {
        String queue = Rabbits.unique("returned");
        RabbitConnection rabbit =
                Rabbits.to(Rabbits.PORT).topology(topology -> topology.queue(queue, Map.of("x-queue-type", "classic")));
        Publisher publisher = rabbit.publisher("");
        try {
            rabbit.start(Rig.soon());
            publisher.start(Rig.soon());
            Rabbits.deleteQueue(queue);
            Message message = Message.of(new byte[1], "a/b");
            assertThat(PublisherTest.get(publisher.publish(queue, message)).outcome())
                    .isEqualTo(PublishResult.Outcome.RETURNED);
            assertThat(PublisherTest.get(publisher.publish(queue, message)).outcome())
                    .isEqualTo(PublishResult.Outcome.CONFIRMED);
        } finally {
            publisher.stop(Rig.soon());
            rabbit.stop(Rig.soon());
            Rabbits.deleteQueue(queue);
        }
    }

    /** More than the client takes kills the connection, again and again: that is told, and not tried in a hot loop. */
    @Test
    void saysWhyAMessageThatIsTooLargeEndsEveryConnection() throws Exception {
        String queue = Rabbits.unique("large");
        RabbitConnection rabbit = Rabbits.to(Rabbits.PORT);
        Consumer<byte[]> consumer =
                rabbit.consumer(queue, delivery -> Outcome.ack()).declaringNothing();
        Rabbits.direct(channel -> {
            channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "classic"));
            channel.confirmSelect();
            channel.basicPublish("", queue, true, null, new byte[(64 << 20) + 1]);
            return channel.waitForConfirms(30_000);
        });
        try {
            rabbit.start(Rig.soon());
            consumer.start(Rig.soon());
            Rig.await("told")
                    .until(
                            () -> { // at once, because it connects in between
                                Health health = rabbit.health();
                                return health.detail().contains("too large") && health.status() == Health.Status.DOWN;
                            });
            Rig.await("the way out")
                    .until(() ->
                            Rabbits.direct(channel -> channel.queuePurge(queue)).getMessageCount() == 1);
            Rig.await("back").until(() -> consumer.health().status() == Health.Status.UP);
        } finally {
            consumer.stop(Rig.soon());
            rabbit.stop(Rig.soon());
            Rabbits.deleteQueue(queue);
        }
    }

    private static boolean arrives(Publisher publisher, String id) throws Exception {
        Message message = Message.of(new byte[1], "a/b").withId(id);
        return PublisherTest.get(publisher.publish("", message)).isConfirmed();
    }

    @Test
    void opensAnotherChannelWhenTheBrokerClosesItAndDropsLateSettles() throws Exception {
        try (Rig rig = new Rig()) {
            CountDownLatch release = new CountDownLatch(1);
            List<Delivery<byte[]>> seen = new CopyOnWriteArrayList<>();
            Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                seen.add(delivery);
                if (!delivery.redelivered()) {
                    release.await();
                }
                return Outcome.ack();
            }));
            rig.publish("a", "x");
            Rig.await("begun").until(() -> seen.size() == 1);
            rig.closeConsumersChannel();
            Rig.await("delivered again, on another channel")
                    .until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 1);
            release.countDown();
            Rig.await("the late settle").until(() -> consumer.stats().staleCount() == 1);
            assertThat(seen).extracting(Delivery::redelivered).containsExactly(false, true);
            Rig.await("settled").until(() -> consumer.inFlight() == 0);
            rig.publish("b", "x");
            Rig.await("goes on")
                    .until(() -> seen.stream().anyMatch(one -> one.messageId().equals("b")));
        }
    }

    @Test
    void losesNothingWhenTheConnectionIsCutUnderLoad() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rig.PORT);
                Rig rig = new Rig(proxy.port())) {
            int count = 6_000;
            Map<String, AtomicInteger> fresh = new ConcurrentHashMap<>();
            AtomicInteger redelivered = new AtomicInteger();
            AtomicInteger handled = new AtomicInteger();
            Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                        Thread.sleep(1); // Work, so that a cut hits handlers.
                        if (delivery.redelivered()) {
                            redelivered.incrementAndGet();
                        }
                        fresh.computeIfAbsent(delivery.messageId(), id -> new AtomicInteger())
                                .incrementAndGet();
                        handled.incrementAndGet();
                        return Outcome.ack();
                    })
                    .concurrency(8)
                    .prefetch(100));
            rig.publishMany(count);
            for (int cut = 1; cut <= 4; cut++) {
                int mark = cut * count / 6;
                Rig.await("load").until(() -> handled.get() > mark);
                proxy.cut();
            }
            Rig.await("every one").until(() -> fresh.size() == count);
            Rig.await("and acknowledged").until(() -> consumer.inFlight() == 0);
            ConsumerTest.drainAndStop(consumer);
            int duplicates = handled.get() - count;
            System.out.println("measured: 4 cuts, " + count + " messages, handled twice " + duplicates
                    + ", redelivered " + redelivered.get() + ", stale settles "
                    + consumer.stats().staleCount());
            assertThat(duplicates)
                    .as("only what was redelivered can be a duplicate")
                    .isLessThanOrEqualTo(redelivered.get());
            assertThat(rig.ready()).isZero();
        }
    }

    @Test
    void waitsForABrokerThatIsAwayAndIsNeverDownForIt() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rig.PORT);
                Rig rig = new Rig(proxy.port())) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                seen.add(delivery.messageId());
                return Outcome.ack();
            }));
            proxy.refuse();
            proxy.cut();
            Rig.await("degraded").until(() -> consumer.health().status() == Health.Status.DEGRADED);
            rig.publish("a", "x");
            proxy.forward();
            Rig.await("back").until(() -> seen.contains("a"));
        }
    }

    @Test
    void drainsUnderLoadWithSlowHandlers() throws Exception {
        try (Rig rig = new Rig()) {
            int count = 200;
            Set<String> begun = ConcurrentHashMap.newKeySet();
            Set<String> finished = ConcurrentHashMap.newKeySet();
            Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                        begun.add(delivery.messageId());
                        Thread.sleep(300);
                        finished.add(delivery.messageId());
                        return Outcome.ack();
                    })
                    .concurrency(4)
                    .prefetch(100));
            rig.publishMany(count);
            Rig.await("some").until(() -> finished.size() >= 8);
            consumer.announce();
            var drained = consumer.drain().toCompletableFuture();
            Set<String> begunThen = Set.copyOf(begun);
            drained.get(20, TimeUnit.SECONDS);
            assertThat(consumer.inFlight()).isZero();
            assertThat(begun).as("nothing has begun that had not").hasSizeLessThanOrEqualTo(begunThen.size() + 4);
            assertThat(finished).as("what has begun has finished").isEqualTo(begun);
            // The channel has said that it has the returns; the queue, a process of its own, has them a moment later.
            Rig.await("the rest went back, the finished were acknowledged")
                    .until(() -> rig.ready() == count - finished.size());
            consumer.stop(Rig.soon());
            assertThat(rig.ready()).isEqualTo(count - finished.size());
        }
    }

    @Test
    void stopsByInterruptingAndGivesBackUncounted() throws Exception {
        try (Rig rig = new Rig()) {
            CountDownLatch begun = new CountDownLatch(1);
            Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                begun.countDown();
                Thread.sleep(60_000);
                return Outcome.ack();
            }));
            rig.publish("a", "x");
            begun.await();
            consumer.stop(Rig.soon());
            Rig.await("it is back").until(() -> rig.ready() == 1);
            assertThat(rig.take(rig.queue).getProps().getHeaders()).doesNotContainKey(FailureHeaders.ATTEMPT);
        }
    }

    @Test
    void acknowledgesBehindASlowOneSoThatThePrefetchIsNotUsedUp() throws Exception {
        try (Rig rig = new Rig()) {
            CountDownLatch release = new CountDownLatch(1);
            Consumer<byte[]> consumer = Rig.started(rig.consumer(delivery -> {
                        if (delivery.messageId().equals("m0")) {
                            release.await();
                        }
                        return Outcome.ack();
                    })
                    .concurrency(2)
                    .prefetch(10));
            rig.publishMany(300);
            Rig.await("all but one").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 299);
            release.countDown();
            ConsumerTest.drainAndStop(consumer);
            assertThat(rig.ready()).isZero();
        }
    }
}
