package dev.chassis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A queue of a test's own on a real broker, gone with the test, and what was found in it. Bodies are {@code key:number}. */
final class TestQueue implements AutoCloseable {

    static final int BROKER = 5672;

    private final Connection connection;
    private final Channel channel;
    final String name = "outbox-test-" + UUID.randomUUID();
    final List<GetResponse> received = new ArrayList<>();

    TestQueue() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(BROKER);
        connection = factory.newConnection();
        channel = connection.createChannel();
        declare();
    }

    void declare() throws Exception {
        channel.queueDeclare(name, true, false, false, null);
    }

    void delete() throws Exception {
        channel.queueDelete(name);
    }

    /** Takes everything that is there, and returns how many different messages have been taken so far. */
    int takeAll() throws Exception {
        for (GetResponse next = take(); next != null; next = take()) {
            received.add(next);
        }
        return (int) received.stream().map(TestQueue::body).distinct().count();
    }

    @Nullable
    GetResponse take() throws Exception {
        return channel.basicGet(name, true);
    }

    static String body(GetResponse response) {
        return new String(response.getBody(), StandardCharsets.UTF_8);
    }

    List<String> bodies() {
        return received.stream().map(TestQueue::body).toList();
    }

    int duplicates() {
        return received.size() - (int) bodies().stream().distinct().count();
    }

    /** Of each key the first time each number was seen is 1, 2, 3 up to this; and what came twice came with the same message-id. */
    void assertCompleteAndInOrder(int keys, int each) {
        Map<String, List<Integer>> first = new TreeMap<>();
        Map<String, String> ids = new HashMap<>();
        for (GetResponse response : received) {
            String body = body(response);
            String id = response.getProps().getMessageId();
            if (ids.putIfAbsent(body, id) == null) {
                String[] parts = body.split(":");
                first.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(Integer.valueOf(parts[1]));
            }
            assertThat(ids.get(body)).as("message-id of %s", body).isEqualTo(id);
        }
        List<Integer> all =
                java.util.stream.IntStream.rangeClosed(1, each).boxed().toList();
        assertThat(first).hasSize(keys);
        first.forEach(
                (key, numbers) -> assertThat(numbers).as("order of %s", key).isEqualTo(all));
    }

    @Override
    public void close() throws Exception {
        channel.queueDelete(name);
        connection.close(1_000);
    }
}
