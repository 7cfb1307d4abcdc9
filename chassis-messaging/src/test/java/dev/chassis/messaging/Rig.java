package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.chassis.config.Configuration;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A queue of its own on the real broker, a consumer's connection that may lead through a proxy, and a direct one to look with. */
final class Rig implements AutoCloseable {

    static final int PORT = 5672;
    static final Duration SHORT = Duration.ofMillis(100);

    final String queue = "test-" + UUID.randomUUID();
    final TestLinks links;
    final Channel direct;
    private final TestLinks own = new TestLinks(PORT);
    private final List<Consumer<?>> consumers = new ArrayList<>();

    Rig() {
        this(PORT);
    }

    Rig(int port) {
        links = new TestLinks(port);
        try {
            direct = Link.channel(Objects.requireNonNull(own.current(), "no broker on port " + PORT)
                    .connection());
            direct.confirmSelect();
            declare(Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void declare(Map<String, Object> arguments) throws IOException {
        direct.queueDeclare(queue, true, false, false, arguments);
    }

    static RabbitConfig config(String... keysAndValues) {
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("chassis.rabbit.reconnect-min", "50ms");
        overrides.put("chassis.rabbit.reconnect-max", "500ms");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            overrides.put("chassis.rabbit." + keysAndValues[i], keysAndValues[i + 1]);
        }
        Configuration configuration = Configuration.load(Map.of(), Map.of(), overrides);
        RabbitConfig config = configuration.bind(RabbitConfig.class);
        configuration.verify();
        return config;
    }

    Consumer.Source source(String... keysAndValues) {
        return new Consumer.Source(links, "chassis.rabbit", links, links, config(keysAndValues));
    }

    /** A consumer of bytes that retries soon. Not started. */
    Consumer<byte[]> consumer(DeliveryHandler<byte[]> handler) {
        return kept(new Consumer<>(source(), queue, Decoder.bytes(), handler).retry(SHORT));
    }

    <T> Consumer<T> kept(Consumer<T> consumer) {
        consumers.add(consumer);
        return consumer;
    }

    static <T> Consumer<T> started(Consumer<T> consumer) throws Exception {
        consumer.start(soon());
        return consumer;
    }

    void publish(String id, String body) throws Exception {
        publish(id, body, Map.of());
    }

    void publish(String id, String body, Map<String, Object> headers) throws Exception {
        send(id, body, headers);
        direct.waitForConfirmsOrDie(10_000);
    }

    void publishMany(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            send("m" + i, "body " + i, Map.of());
        }
        direct.waitForConfirmsOrDie(30_000);
    }

    private void send(String id, String body, Map<String, Object> headers) throws IOException {
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .messageId(id)
                .headers(headers)
                .deliveryMode(2)
                .contentType("text/plain")
                .build();
        direct.basicPublish("", queue, true, properties, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Has the broker close the channel the consumer is on, by a mistake made on it: an acknowledgement of nothing. */
    void closeConsumersChannel() throws IOException {
        for (Channel channel : links.channels) {
            if (channel.isOpen()) {
                channel.basicAck(4711, false);
            }
        }
    }

    /** Waits for a message in this queue and takes it. */
    GetResponse take(String from) {
        return await("a message in " + from).until(() -> direct.basicGet(from, true), Objects::nonNull);
    }

    @Nullable
    GetResponse takeNow(String from) throws IOException {
        return direct.basicGet(from, true);
    }

    /** Whether there is such a queue. Asked on a channel of its own, which that may close. */
    boolean exists(String name) throws IOException {
        Channel channel = Link.channel(Objects.requireNonNull(own.current()).connection());
        try {
            channel.queueDeclarePassive(name);
            return true;
        } catch (IOException missing) {
            return false;
        } finally {
            Channels.abort(channel);
        }
    }

    String dead() {
        return queue + ".dead";
    }

    /** Messages that are ready: none is delivered to anybody. */
    long ready() throws IOException {
        return direct.messageCount(queue);
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        for (Consumer<?> consumer : consumers) {
            consumer.stop(Deadline.after(Duration.ofSeconds(5)));
        }
        links.stop(soon());
        try (Channel last = Link.channel(Objects.requireNonNull(own.current()).connection())) {
            last.queueDelete(queue);
            last.queueDelete(dead());
            for (String wait : List.of("100ms", "5s", "30s", "2m", "10m")) {
                last.queueDelete(queue + ".retry." + wait);
            }
        }
        own.stop(soon());
    }
}
