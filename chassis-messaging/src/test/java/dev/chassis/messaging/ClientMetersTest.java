package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Deliveries are counted as what they were: acknowledged one by one or many at once, rejected, given back. */
class ClientMetersTest {

    private static final int MESSAGES = 300;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Random random = new Random(7);
    private int acknowledged;
    private int rejected;

    @Test
    void countEveryDeliveryOnceAsWhatItWas() throws Exception {
        try (Rig rig = new Rig();
                Connection connection = connection()) {
            for (int i = 0; i < MESSAGES; i++) {
                rig.publish("m" + i, "{}");
            }
            Channel channel = connection.createChannel();
            List<Long> open = deliveries(channel, rig.queue);
            while (!open.isEmpty()) {
                settleOneOrMore(channel, open);
            }
        }

        assertThat(count("consumed")).isEqualTo(MESSAGES);
        assertThat(count("acknowledged")).isEqualTo(acknowledged).isPositive();
        assertThat(count("rejected")).isEqualTo(rejected).isPositive();
        assertThat(acknowledged + rejected).isEqualTo(MESSAGES);
    }

    private Connection connection() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(Rig.PORT);
        factory.setMetricsCollector(new ClientMeters(registry, "test", "consume"));
        return factory.newConnection();
    }

    private static List<Long> deliveries(Channel channel, String queue) throws Exception {
        BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
        DeliverCallback deliver =
                (consumer, delivery) -> arrived.add(delivery.getEnvelope().getDeliveryTag());
        channel.basicConsume(queue, false, deliver, consumer -> {});
        List<Long> tags = new ArrayList<>();
        while (tags.size() < MESSAGES) {
            tags.add(arrived.take());
        }
        return tags;
    }

    private void settleOneOrMore(Channel channel, List<Long> open) throws Exception {
        int at = random.nextInt(Math.min(20, open.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                channel.basicReject(open.remove(at), false);
                rejected++;
            }
            case 1 -> {
                channel.basicNack(open.remove(at), false, false);
                rejected++;
            }
            case 2 -> {
                channel.basicAck(open.remove(at), false);
                acknowledged++;
            }
            default -> {
                channel.basicAck(open.get(at), true);
                open.subList(0, at + 1).clear();
                acknowledged += at + 1;
            }
        }
    }

    private int count(String meter) {
        return (int) registry.get("rabbitmq." + meter).counter().count();
    }
}
