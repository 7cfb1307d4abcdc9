package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A consumer that is slower than its publishers, and a queue that has become long: what waits does so in the broker. With
 * {@code -Dslow.messages=1000000} it is as long as it gets.
 */
class SlowConsumerTest {

    private static final int MESSAGES = Integer.getInteger("slow.messages", 100_000);
    private static final int BYTES = 1_024;
    private static final int PREFETCH = 200;
    private static final int HANDLED = 1_000;

    @Test
    void fetchesNoMoreThanItsPrefetchHoweverMuchWaits() throws Exception {
        String queue = Rabbits.unique("slow");
        Rabbits.direct(channel -> {
            channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "classic"));
            fill(channel, queue);
            return queue;
        });
        Semaphore pace = new Semaphore(0);
        AtomicInteger begun = new AtomicInteger();
        RabbitConnection rabbit = Rabbits.to(Rabbits.PORT);
        Consumer<byte[]> consumer = rabbit.consumer(queue, delivery -> {
                    begun.incrementAndGet();
                    pace.acquire();
                    return Outcome.ack();
                })
                .concurrency(4)
                .prefetch(PREFETCH)
                .declaringNothing();
        try {
            long before = usedHeap();
            rabbit.start(Rig.soon());
            consumer.start(Rig.soon());
            pace.release(HANDLED);
            Rig.await("the handlers hang again").until(() -> begun.get() == HANDLED + 4);
            Rig.await("everything prefetched, and no more").until(() -> ready(queue) == MESSAGES - HANDLED - PREFETCH);
            long grown = usedHeap() - before;
            System.out.println("measured: " + MESSAGES + " messages of " + BYTES + " bytes wait for a slow consumer, "
                    + PREFETCH + " prefetched, the heap has grown by " + grown / 1024 + " KiB");
            assertThat(grown)
                    .as("growth of the heap, of which all the bodies would be more than %s", (long) MESSAGES * BYTES)
                    .isLessThan(32L << 20);
            assertThat(ready(queue)).as("it stays so").isEqualTo(MESSAGES - HANDLED - PREFETCH);

            var drained = consumer.drain().toCompletableFuture();
            pace.release(4); // those that have begun finish in the drain, the others go back
            drained.get(30, TimeUnit.SECONDS);
            consumer.stop(Rig.soon());
            // The channel has said that it has the returns; the queue, a process of its own, has them a moment later.
            Rabbits.await("all that was not begun is back").until(() -> ready(queue) == MESSAGES - HANDLED - 4);
        } finally {
            pace.release(MESSAGES);
            consumer.stop(Rig.soon());
            rabbit.stop(Rig.soon());
            Rabbits.deleteQueue(queue);
        }
    }

    /** Not persistent: it is the length that matters. */
    private static void fill(Channel channel, String queue) throws Exception {
        channel.confirmSelect();
        AMQP.BasicProperties none = new AMQP.BasicProperties();
        byte[] body = new byte[BYTES];
        for (int i = 1; i <= MESSAGES; i++) {
            channel.basicPublish("", queue, true, none, body);
            if (i % 10_000 == 0 || i == MESSAGES) {
                channel.waitForConfirmsOrDie(60_000);
            }
        }
    }

    private static long ready(String queue) throws Exception {
        return Rabbits.direct(channel -> channel.messageCount(queue));
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
