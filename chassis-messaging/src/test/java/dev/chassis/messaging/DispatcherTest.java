package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.Workers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is woken for what waits behind a handler that was quick so far. */
class DispatcherTest {

    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch second = new CountDownLatch(1);
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicInteger watches = new AtomicInteger();
    private final Workers workers = Workers.create("dispatched", 8);
    private final Rig rig = new Rig();
    private final Processing<byte[]> processing = new Processing<>(
            rig.consumer(delivery -> Outcome.ack()).settings(),
            Decoder.bytes(),
            this::handle,
            new ConsumerStats(),
            (work, verdict) -> handled.incrementAndGet());
    private final Pace pace = new Pace();
    private final Dispatcher<byte[]> dispatcher =
            new Dispatcher<>(4, null, workers, new InFlight(), work -> {}, watches::incrementAndGet, pace);
    private long tags;

    @BeforeEach
    void allWereQuick() {
        for (int i = 0; i < 100; i++) {
            pace.handled(0);
        }
    }

    @AfterEach
    void stop() throws Exception {
        first.countDown();
        second.countDown();
        dispatcher.close();
        workers.shutdown(Rig.soon());
        rig.close();
    }

    @Test
    void anotherWorkerIsAskedForWhenTheOneAtWorkHasBecomeSlow() {
        offer("first");
        offer("second");
        offer("behind");
        Rig.await("nobody else").until(() -> watches.get() == 1);
        first.countDown();
        Rig.await("the first").until(() -> handled.get() == 1); // later than expected; its worker has the second

        dispatcher.lookAfter();

        Rig.await("what is behind the second").until(() -> handled.get() == 2);
        assertThat(dispatcher.lookAfter()).isFalse();
    }

    @Test
    void anotherWorkerIsAskedForWhenTheOneAtWorkIsDoneWithNothing() {
        offer("first");
        offer("behind");
        Rig.await("nobody else").until(() -> watches.get() == 1);
        assertThat(dispatcher.lookAfter()).isTrue();

        assertThat(dispatcher.lookAfter()).isFalse();

        Rig.await("what is behind the first").until(() -> handled.get() == 1);
    }

    private void offer(String body) {
        Envelope envelope = new Envelope(++tags, false, "", "queue");
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        Incoming incoming = new Incoming(1, envelope, new AMQP.BasicProperties(), bytes, 0);
        assertThat(dispatcher.offer(new Work<>(incoming, processing))).isTrue();
    }

    private Outcome handle(Delivery<byte[]> delivery) throws InterruptedException {
        switch (new String(delivery.payload(), StandardCharsets.US_ASCII)) {
            case "first" -> {
                first.await();
                Thread.sleep(1); // is what makes it slow
            }
            case "second" -> second.await();
            default -> {}
        }
        return Outcome.ack();
    }
}
