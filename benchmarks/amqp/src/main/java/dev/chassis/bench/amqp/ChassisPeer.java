package dev.chassis.bench.amqp;

import dev.chassis.config.Configuration;
import dev.chassis.lifecycle.Component;
import dev.chassis.messaging.Consumer;
import dev.chassis.messaging.Message;
import dev.chassis.messaging.Outcome;
import dev.chassis.messaging.Publisher;
import dev.chassis.messaging.RabbitConfig;
import dev.chassis.messaging.RabbitConnection;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The chassis, with its meters, as in a service. */
final class ChassisPeer implements Peer {
    private final Place place;
    private final RabbitConnection rabbit;
    private final Publisher publisher;
    private final Consumer<byte[]> consumer;
    private volatile Runnable handling = () -> {};

    ChassisPeer(Place place) throws Exception {
        this.place = place;
        Map<String, String> keys = Map.of(
                "chassis.rabbit.addresses",
                place.broker().address(),
                "chassis.rabbit.publish.window-messages",
                Integer.toString(WINDOW),
                "chassis.rabbit.publish.window-timeout",
                "30s");
        RabbitConfig config = Configuration.load(Map.of(), Map.of(), keys).bind(RabbitConfig.class);
        this.rabbit = RabbitConnection.of("bench", config);
        this.publisher = rabbit.publisher("");
        this.consumer = rabbit.consumer(place.queue(), delivery -> {
                    handling.run();
                    return Outcome.ack();
                })
                .prefetch(PREFETCH);
        consumer.bindTo(new SimpleMeterRegistry());
        start(rabbit);
        start(publisher);
    }

    @Override
    public void publish(int count) throws Exception {
        CountDownLatch left = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Message message = Message.of(place.body(), "application/octet-stream");
            publisher.publish(place.queue(), message).thenAccept(result -> {
                if (result.isConfirmed()) {
                    left.countDown();
                }
            });
        }
        if (!left.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " messages not confirmed");
        }
    }

    @Override
    public AutoCloseable consume(Runnable handler) throws Exception {
        handling = handler;
        consumer.start(soon());
        return () -> {
            consumer.drain().toCompletableFuture().get(1, TimeUnit.MINUTES);
            consumer.stop(soon());
        };
    }

    @Override
    public void close() throws Exception {
        publisher.stop(soon());
        rabbit.stop(soon());
    }

    private static void start(Component component) throws Exception {
        component.bindTo(new SimpleMeterRegistry());
        component.start(soon());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}
