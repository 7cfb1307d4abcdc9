package dev.chassis.example.propagation;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.Service;
import dev.chassis.bus.ClusterBus;
import dev.chassis.client.ServiceClient;
import dev.chassis.client.ServiceClientConfig;
import dev.chassis.context.Correlation;
import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.hazelcast.HazelcastPool;
import dev.chassis.http.Response;
import dev.chassis.messaging.Delivery;
import dev.chassis.messaging.Outcome;
import dev.chassis.messaging.Publisher;
import dev.chassis.messaging.RabbitConnection;
import dev.chassis.redis.RedisBus;
import dev.chassis.redis.RedisPool;
import dev.chassis.testing.Require;
import dev.chassis.websocket.Reply;
import dev.chassis.websocket.WebSockets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service whose every transport runs {@link #work} in the way it is told to. Assembled by one thread, then thread-safe. */
final class Matrix {

    /** What the subscribers of a bus are told on, and what sessions join. */
    static final String TOPIC = "matrix";

    private static final Logger LOG = LoggerFactory.getLogger(Matrix.class);
    private static final String CARRIER = " by ";

    final String queue = "matrix-" + UUID.randomUUID();
    final RedisPool<String, String> redis;
    final RedisBus redisBus;
    final HazelcastPool hazelcast;
    final Publisher publisher;
    final ServiceClient client;
    final WebSockets sockets;
    final Carrier.Threads threads;

    /** Under which ids those were delivered that begin under ids of their own, by what they are called. */
    final Map<String, String> ids = new ConcurrentHashMap<>();

    Matrix(Service service) {
        Stream.of(DevServices.REDIS, DevServices.RABBITMQ, DevServices.HAZELCAST)
                .forEach(Require::server);
        threads = new Carrier.Threads(service.background());
        redis = service.add(RedisPool.from(service));
        redisBus = service.add(RedisBus.over(redis));
        hazelcast = service.add(HazelcastPool.from(service));
        client = service.add(ServiceClient.of("self", service.config("matrix.client", ServiceClientConfig.class)));
        RabbitConnection rabbit =
                service.add(RabbitConnection.from(service).topology(topology -> topology.queue(queue)));
        publisher = service.add(rabbit.publisher(""));
        service.add(rabbit.consumer(queue, this::consume).maxAttempts(1));
        sockets = service.add(WebSockets.from(service).over(redisBus));
        redisBus.subscribe(TOPIC, ClusterBus.Subscriber.of(this::hear));
        hazelcast.bus().subscribe(TOPIC, ClusterBus.Subscriber.of(this::hear));
        service.http(routes -> routes.get("/run/{carrier}", request -> {
                    run(Carrier.valueOf(request.path("carrier")));
                    return Response.text("done");
                })
                .get("/stream/{carrier}", request -> {
                    Carrier carrier = Carrier.valueOf(request.path("carrier"));
                    return Response.stream("text/plain", out -> run(carrier));
                })
                .get("/nothing", request -> Response.text("nothing"))
                .get(
                        "/live/{moment}/{carrier}",
                        sockets.text(new Conversation(this))
                                .attach(request -> new Conversation.Plan(
                                        Conversation.Moment.valueOf(request.path("moment")),
                                        Carrier.valueOf(request.path("carrier"))))));
    }

    private Outcome consume(Delivery<?> delivery) throws InterruptedException {
        run(Carrier.valueOf(delivery.messageId()));
        return Outcome.ack();
    }

    /** What the subscribers of a bus are told: which cell it is, and how it goes on. */
    static byte[] told(String cell, Carrier carrier) {
        return (cell + CARRIER + carrier).getBytes(StandardCharsets.UTF_8);
    }

    private void hear(byte[] message) {
        String[] parts = new String(message, StandardCharsets.UTF_8).split(CARRIER);
        ids.put(parts[0], id());
        run(Carrier.valueOf(parts[1]));
    }

    /** Goes on in that way. */
    void run(Carrier carrier) {
        try {
            carrier.run(Matrix::work, threads);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same as a step of a conversation. */
    Reply replyAfter(Carrier carrier) {
        run(carrier);
        return Reply.text("worked");
    }

    /** Logs, and fails with what must be on the line about it. */
    private static void work() {
        String cell = id();
        LOG.info("working for {}", cell);
        throw new IllegalStateException("failure of " + cell);
    }

    /** The id of whatever goes on here. */
    static String id() {
        Correlation current = Correlation.current();
        return current == null ? "lost" : current.id();
    }

    static void log(Object nothing, Throwable failure) {
        if (failure != null) {
            LOG.error("failed", failure);
        }
    }

    void close() throws Exception {
        threads.close();
        DevServer broker = Require.server(DevServices.RABBITMQ);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.url());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            for (String suffix : List.of("", ".dead", ".retry.5s", ".retry.30s", ".retry.2m", ".retry.10m")) {
                channel.queueDelete(queue + suffix);
            }
        }
    }
}
