package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;

/**
 * Asks the broker how many messages wait in a queue and how many consume it, on the health schedule: for a scaling policy, which needs to know how
 * many wait for each task. Each task consumes a queue once, so the consumers are the tasks that take from it.
 *
 * <p>Thread-safe. I1: {@code perTask} is written by the thread that checks alone; it is not a number while it is not known.
 */
final class QueueBacklog implements HealthCheck {

    private final String name;
    private final String queue;
    private final Links links;
    private volatile double perTask = Double.NaN; // I1

    QueueBacklog(String name, String queue, Links links) {
        this.name = name;
        this.queue = queue;
        this.links = links;
    }

    void bindTo(MeterRegistry registry) {
        Gauge.builder("chassis.backlog.per.task", this, backlog -> backlog.perTask)
                .description("Messages that wait, by the tasks that consume them; no number while that is not known")
                .tag("queue", queue)
                .register(registry);
    }

    @Override
    public String name() {
        return name + "-backlog";
    }

    /** Degrades and is never down: the consumer says itself whether it consumes. */
    @Override
    public Health check() {
        try {
            AMQP.Queue.DeclareOk found = ask();
            int consumers = found.getConsumerCount();
            perTask = consumers == 0 ? Double.NaN : (double) found.getMessageCount() / consumers;
            return Health.up(found.getMessageCount() + " messages wait for " + consumers + " consumers");
        } catch (IOException | RuntimeException e) {
            perTask = Double.NaN;
            return Health.degraded("not known how many messages wait: " + Channels.text(e));
        }
    }

    /** As often as scaling metrics are published. */
    @Override
    public Duration interval() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(5);
    }

    /** On a channel of its own, because a queue that is missing closes it. */
    private AMQP.Queue.DeclareOk ask() throws IOException {
        Link link = links.current();
        if (link == null) {
            throw new IOException("there is no connection to RabbitMQ");
        }
        Channel channel = link.channel();
        try {
            return channel.queueDeclarePassive(queue);
        } finally {
            Channels.abort(channel);
        }
    }
}
