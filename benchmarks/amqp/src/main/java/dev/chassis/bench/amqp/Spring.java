package dev.chassis.bench.amqp;

import java.util.concurrent.Semaphore;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;

/** spring-rabbit: a template with correlated confirms, and a direct container that acknowledges 25 at once. */
final class Spring implements Peer {
    private final Place place;
    private final CachingConnectionFactory publishing;
    private final CachingConnectionFactory consuming;
    private final RabbitTemplate template;
    private final Semaphore window = new Semaphore(WINDOW);

    Spring(Place place) throws Exception {
        this.place = place;
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
        DirectMessageListenerContainer container = new DirectMessageListenerContainer(consuming);
        container.setQueueNames(place.queue());
        container.setPrefetchCount(PREFETCH);
        container.setMessagesPerAck(TOGETHER);
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
