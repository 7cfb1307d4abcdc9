package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import dev.chassis.health.Health;
import dev.chassis.testing.RabbitServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A consumer whose broker dies, is out of memory, or loses patience. */
class ConsumerBrokerTest {

    private static RabbitServer broker;

    private final String queue = Rabbits.unique("consumer");

    @BeforeAll
    static void startBroker() {
        broker = RabbitServer.settings()
                .set("consumer_timeout", "2000")
                .set("channel_tick_interval", "500")
                .start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void losesNothingWhenTheBrokerIsKilledUnderLoad() throws Exception {
        int count = 3_000;
        publish(count);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger handled = new AtomicInteger();
        AtomicInteger redelivered = new AtomicInteger();
        RabbitConnection rabbit = rabbit();
        Consumer<byte[]> consumer = rabbit.consumer(queue, delivery -> {
                    Thread.sleep(1);
                    redelivered.addAndGet(delivery.redelivered() ? 1 : 0);
                    seen.add(Rig.text(delivery.payload()));
                    handled.incrementAndGet();
                    return Outcome.ack();
                })
                .concurrency(4);
        rabbit.start(Rig.soon());
        consumer.start(Rig.soon());
        Rig.await("load").until(() -> handled.get() > count / 3);
        broker.kill();
        Rig.await("noticed").until(() -> consumer.health().status() == Health.Status.DEGRADED);
        broker.restart();
        Rig.await("every one").until(() -> seen.size() == count);
        ConsumerTest.drainAndStop(consumer);
        rabbit.stop(Rig.soon());
        System.out.println("measured: broker killed, " + count + " messages, handled twice " + (handled.get() - count)
                + ", redelivered " + redelivered.get() + ", stale settles "
                + consumer.stats().staleCount());
        assertThat(handled.get() - count).isLessThanOrEqualTo(redelivered.get());
        assertThat(left(queue)).isZero();
    }

    @Test
    void acknowledgesDuringAnAlarmAndBuriesAfterIt() throws Exception {
        publish(200);
        RabbitConnection rabbit = rabbit();
        Consumer<byte[]> consumer = rabbit.consumer(
                queue,
                delivery -> Rig.text(delivery.payload()).equals("7") ? Outcome.deadLetter("a seven") : Outcome.ack());
        rabbit.start(Rig.soon());
        broker.memoryAlarm(true);
        try {
            consumer.start(Rig.soon());
            Rig.await("the others").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 199);
            Rig.await("not buried, and kept").until(() -> consumer.stats().unconfirmedCount() > 0);
        } finally {
            broker.memoryAlarm(false);
        }
        Rig.await("buried").until(() -> left(queue + ".dead") > 0);
        Rig.await("and no longer here").until(() -> consumer.inFlight() == 0 && left(queue) == 0);
        ConsumerTest.drainAndStop(consumer);
        rabbit.stop(Rig.soon());
        assertThat(left(queue)).isZero();
    }

    @Test
    void goesOnWhenTheBrokerHasLostPatienceWithAHandler() throws Exception {
        publish(1);
        List<Boolean> redelivered = new CopyOnWriteArrayList<>();
        CountDownLatch release = new CountDownLatch(1);
        RabbitConnection rabbit = rabbit();
        Consumer<byte[]> consumer = rabbit.consumer(queue, delivery -> {
            redelivered.add(delivery.redelivered());
            if (!delivery.redelivered()) {
                release.await();
            }
            return Outcome.ack();
        });
        rabbit.start(Rig.soon());
        consumer.start(Rig.soon());
        Rig.await("delivered again").until(() -> consumer.stats().outcomes(Verdict.Kind.ACK) == 1);
        assertThat(redelivered).containsExactly(false, true);
        release.countDown();
        Rig.await("the late settle").until(() -> consumer.stats().staleCount() == 1);
        assertThat(consumer.health().status()).isEqualTo(Health.Status.UP);
        ConsumerTest.drainAndStop(consumer);
        rabbit.stop(Rig.soon());
        assertThat(left(queue)).isZero();
    }

    private RabbitConnection rabbit() {
        return Rabbits.to(broker.port(), "publish.confirm-timeout", "1s").topology(topology -> topology.queue(queue));
    }

    /** Bodies from 0 on, confirmed. */
    private void publish(int count) throws Exception {
        try (var connection = factory().newConnection();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.confirmSelect();
            for (int i = 0; i < count; i++) {
                channel.basicPublish(
                        "",
                        queue,
                        MessageProperties.PERSISTENT_BASIC,
                        String.valueOf(i).getBytes());
            }
            channel.waitForConfirmsOrDie(30_000);
        }
    }

    /** Messages that are ready, 0 if there is no such queue. */
    private static long left(String name) throws Exception {
        try (var connection = factory().newConnection()) {
            Channel channel = connection.createChannel();
            try {
                return channel.messageCount(name);
            } catch (java.io.IOException missing) {
                return 0;
            }
        }
    }

    private static ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        return factory;
    }
}
