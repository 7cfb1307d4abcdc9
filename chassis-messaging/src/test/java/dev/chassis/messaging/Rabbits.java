package dev.chassis.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.chassis.config.Configuration;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Settings, names and a second opinion for tests against a real broker. */
final class Rabbits {

    /** The broker that is there; no test breaks it. */
    static final int PORT = 5672;

    private Rabbits() {}

    /** A configuration with these keys, without their prefix, given as key, value, key, value. */
    static RabbitConfig config(String... keysAndValues) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            overrides.put("chassis.rabbit." + keysAndValues[i], keysAndValues[i + 1]);
        }
        Configuration configuration = Configuration.load(Map.of(), Map.of(), overrides);
        RabbitConfig config = configuration.bind(RabbitConfig.class);
        configuration.verify();
        return config;
    }

    /** A connection to this port that reconnects fast, with more keys. */
    static RabbitConnection to(int port, String... keysAndValues) {
        String[] all = new String[keysAndValues.length + 4];
        all[0] = "addresses";
        all[1] = "127.0.0.1:" + port;
        all[2] = "reconnect-max";
        all[3] = "500ms";
        System.arraycopy(keysAndValues, 0, all, 4, keysAndValues.length);
        return RabbitConnection.of("rabbit", config(all));
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    /** A name nobody else has. */
    static String unique(String what) {
        return what + "-" + UUID.randomUUID();
    }

    /** Polls often, for 30 s at most. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    /** Does something over a plain connection of the test's own. */
    static <T> T direct(Work<T> work) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(PORT);
        try (Connection connection = factory.newConnection("test");
                Channel channel = connection.createChannel()) {
            return work.on(channel);
        }
    }

    static void deleteQueue(String name) throws Exception {
        direct(channel -> channel.queueDelete(name));
    }

    static void deleteExchange(String name) throws Exception {
        direct(channel -> channel.exchangeDelete(name));
    }

    /** Takes every message out of the queue; their ids, in order. */
    static List<String> ids(String queue) throws Exception {
        return direct(channel -> {
            List<String> ids = new ArrayList<>();
            for (GetResponse got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
                ids.add(got.getProps().getMessageId());
            }
            return ids;
        });
    }

    /** Work on a channel. */
    @FunctionalInterface
    interface Work<T> {
        T on(Channel channel) throws Exception;
    }
}
