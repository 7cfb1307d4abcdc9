package dev.chassis.bench.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmCallback;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.BitSet;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** The least there is to do with amqp-client: one channel, a window of confirms, acknowledgements for 25 at once. */
final class Bare implements Peer {
    private final Place place;
    private final AMQP.BasicProperties properties;
    private final Connection publishing;
    private final Connection consuming;
    private final Channel channel;
    private final Semaphore window = new Semaphore(WINDOW);

    // Of the thread that reads from the connection: what is confirmed above the lowest that is not.
    private final BitSet confirmed = new BitSet();
    private long lowest = 1;

    /** With the least there is: persistent, a content type. */
    Bare(Place place) throws Exception {
        this(place, MessageProperties.PERSISTENT_BASIC);
    }

    /** The same loop with the properties that every message of the chassis has: as many bytes, and as much for the broker to read. */
    static Bare withOurProperties(Place place) throws Exception {
        return new Bare(
                place,
                new AMQP.BasicProperties.Builder()
                        .contentType("application/octet-stream")
                        .deliveryMode(2)
                        .messageId("0f8fad5b-d9cb-469f-a165-70867728950e")
                        .timestamp(new Date())
                        .appId("bench")
                        .correlationId("4bf92f3577b34da6a3ce929d0e0e4736")
                        .headers(Map.of("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"))
                        .build());
    }

    private Bare(Place place, AMQP.BasicProperties properties) throws Exception {
        this.place = place;
        this.properties = properties;
        this.publishing = place.factory().newConnection();
        this.consuming = place.factory().newConnection();
        this.channel = publishing.createChannel();
        channel.confirmSelect();
        ConfirmCallback lost = (number, multiple) -> {
            throw new IllegalStateException("a message was refused");
        };
        channel.addConfirmListener(this::confirmed, lost);
    }

    @Override
    public void publish(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            window.acquire();
            channel.basicPublish("", place.queue(), true, properties, place.body());
        }
        window.acquire(WINDOW);
        window.release(WINDOW);
    }

    @Override
    public AutoCloseable consume(Runnable handler) throws Exception {
        Channel receiving = consuming.createChannel();
        receiving.basicQos(PREFETCH);
        DeliverCallback deliver = (tag, delivery) -> {
            handler.run();
            long number = delivery.getEnvelope().getDeliveryTag();
            if (number % TOGETHER == 0) {
                acknowledge(receiving, number);
            }
        };
        CancelCallback cancelled = tag -> {};
        receiving.basicConsume(place.queue(), false, deliver, cancelled);
        return receiving;
    }

    @Override
    public void close() throws Exception {
        publishing.close();
        consuming.close();
    }

    // The round may be over when its last delivery has been counted.
    private static void acknowledge(Channel receiving, long number) throws IOException {
        try {
            receiving.basicAck(number, true);
        } catch (AlreadyClosedException over) {
            // What is left is purged.
        }
    }

    private void confirmed(long number, boolean multiple) {
        int index = (int) (number - lowest);
        int before = confirmed.cardinality();
        if (multiple) {
            confirmed.set(0, index + 1);
        } else {
            confirmed.set(index);
        }
        int released = confirmed.cardinality() - before;
        int run = confirmed.nextClearBit(0);
        if (run > 0) {
            BitSet rest = confirmed.get(run, Math.max(run, confirmed.length()));
            confirmed.clear();
            confirmed.or(rest);
            lowest += run;
        }
        window.release(released);
    }
}
