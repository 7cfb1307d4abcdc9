package dev.chassis.bench.amqp;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/** spring-rabbit: a template with correlated confirms, and one of its containers. */
final class Spring implements Peer {
    private final Place place;
    private final Supplier<AbstractMessageListenerContainer> containers;
    private final CachingConnectionFactory publishing;
    private final CachingConnectionFactory consuming;
    private final RabbitTemplate template;
    private final Semaphore window = new Semaphore(WINDOW);

    /** The container that handles on the client's thread, acknowledging {@link Peer#TOGETHER} at once: the fastest that it has. */
    static Spring direct(Place place) throws Exception {
        return new Spring(place, () -> {
            DirectMessageListenerContainer container = new DirectMessageListenerContainer();
            container.setMessagesPerAck(TOGETHER);
            return container;
        });
    }

    /** The container that Spring Boot makes unless told otherwise: a thread of its own, an acknowledgement for each. */
    static Spring simple(Place place) throws Exception {
        return new Spring(place, SimpleMessageListenerContainer::new);
    }

    private Spring(Place place, Supplier<AbstractMessageListenerContainer> containers) throws Exception {
        this.place = place;
        this.containers = containers;
        this.publishing = new CachingConnectionFactory(place.factory());
        this.consuming = new CachingConnectionFactory(place.factory());
        publishing.setPublisherConfirmType(ConfirmType.CORRELATED);
        publishing.setPublisherReturns(true);
        this.template = new RabbitTemplate(publishing);
        template.setMandatory(true);
    }

    @Override
    public void publish(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            window.acquire();
            CorrelationData correlation = new CorrelationData();
            correlation.getFuture().whenComplete((confirm, problem) -> {
                if (problem == null && confirm.ack()) {
                    window.release();
                }
            });
            template.send("", place.queue(), message(), correlation);
        }
        window.acquire(WINDOW);
        window.release(WINDOW);
    }

    @Override
    public AutoCloseable consume(Runnable handler) {
        AbstractMessageListenerContainer container = containers.get();
        container.setConnectionFactory(consuming);
        container.setQueueNames(place.queue());
        container.setPrefetchCount(PREFETCH);
        container.setMessageListener(message -> handler.run());
        container.afterPropertiesSet();
        container.start();
        return container::stop;
    }

    @Override
    public void close() {
        publishing.destroy();
        consuming.destroy();
    }

    private Message message() {
        MessageProperties properties = new MessageProperties();
        properties.setDeliveryMode(MessageDeliveryMode.PERSISTENT);
        return new Message(place.body(), properties);
    }
}
