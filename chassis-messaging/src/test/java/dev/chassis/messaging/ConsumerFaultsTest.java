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
            assertThat(consumer.health().status()).isEqualTo(Health.Status.UP);
        }
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
            assertThat(consumer.inFlight()).isZero();
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
            assertThat(rig.ready())
                    .as("the rest went back, the finished were acknowledged")
                    .isEqualTo(count - finished.size());
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
