package dev.chassis.outbox;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.context.Correlation;
import dev.chassis.messaging.Message;
import dev.chassis.messaging.PublishResult;
import dev.chassis.messaging.PublishResult.Outcome;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A publisher with confirms on the plain client, which connects again with the next message. One life is one channel. */
final class RabbitSender implements Sender, AutoCloseable {

    private final ConnectionFactory factory = new ConnectionFactory();
    private @Nullable Life life;

    RabbitSender(int port) {
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(2_000);
        factory.setHandshakeTimeout(2_000);
        factory.setChannelRpcTimeout(5_000);
    }

    @Override
    public synchronized CompletionStage<PublishResult> send(String exchange, String routingKey, Message message) {
        try {
            Life now = life;
            if (now == null || !now.channel.isOpen()) {
                now = new Life(factory.newConnection());
                life = now;
            }
            return now.send(exchange, routingKey, message);
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            return CompletableFuture.completedFuture(new PublishResult(message.id(), Outcome.REFUSED, e.toString()));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        Life now = life;
        if (now != null && now.connection.isOpen()) {
            now.connection.close(1_000);
        }
    }

    private static final class Life {

        private final Connection connection;
        private final Channel channel;
        private final ConcurrentSkipListMap<Long, Open> open = new ConcurrentSkipListMap<>();

        private record Open(String id, CompletableFuture<PublishResult> result) {
            void end(Outcome outcome, String detail) {
                result.complete(new PublishResult(id, outcome, detail));
            }
        }

        Life(Connection connection) throws IOException {
            this.connection = connection;
            this.channel = connection.createChannel();
            channel.confirmSelect();
            channel.addReturnListener((code, text, exchange, routingKey, properties, body) -> open.values().stream()
                    .filter(one -> one.id.equals(properties.getMessageId()))
                    .forEach(one -> one.end(Outcome.RETURNED, text)));
            channel.addConfirmListener(
                    (tag, multiple) -> end(tag, multiple, Outcome.CONFIRMED),
                    (tag, multiple) -> end(tag, multiple, Outcome.NACKED));
            channel.addShutdownListener(
                    cause -> open.values().forEach(one -> one.end(Outcome.OUTCOME_UNKNOWN, "channel closed")));
        }

        CompletionStage<PublishResult> send(String exchange, String routingKey, Message message) {
            Open one = new Open(message.id(), new CompletableFuture<>());
            open.put(channel.getNextPublishSeqNo(), one);
            try {
                channel.basicPublish(exchange, routingKey, true, properties(message), message.body());
            } catch (IOException | AlreadyClosedException e) {
                one.end(Outcome.OUTCOME_UNKNOWN, e.toString());
                connection.abort(1_000);
            }
            if (!channel.isOpen()) {
                one.end(
                        Outcome.OUTCOME_UNKNOWN,
                        "channel closed"); // its listener may have run before we were in the map
            }
            return one.result;
        }

        private void end(long tag, boolean multiple, Outcome outcome) {
            Map<Long, Open> ended = multiple ? open.headMap(tag, true) : open.subMap(tag, true, tag, true);
            ended.values().forEach(one -> one.end(outcome, ""));
            ended.clear();
        }

        private static AMQP.BasicProperties properties(Message message) {
            Map<String, Object> headers = new HashMap<>(message.headers());
            Correlation correlation = Correlation.current();
            if (correlation != null) {
                headers.put("correlation", correlation.id());
            }
            return new AMQP.BasicProperties.Builder()
                    .messageId(message.id())
                    .contentType(message.contentType())
                    .headers(headers)
                    .deliveryMode(2)
                    .expiration(message.expiration()
                            .map(expiration -> Long.toString(expiration.toMillis()))
                            .orElse(null))
                    .build();
        }
    }
}
