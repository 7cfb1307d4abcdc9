package dev.chassis.example.propagation;

import static org.awaitility.Awaitility.await;

import dev.chassis.context.Correlation;
import dev.chassis.messaging.Message;
import dev.chassis.redis.RedisPool;
import dev.chassis.testing.TestClient;
import dev.chassis.testing.websocket.WebSocketTestClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways in which work begins. */
enum Transport {
    HTTP_IN {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            http.with("X-Correlation-Id", cell).get("/run/" + carrier);
            return cell;
        }
    },
    HTTP_STREAM {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            try {
                http.with("X-Correlation-Id", cell).get("/stream/" + carrier);
            } catch (UncheckedIOException cut) {
                LOG.debug("the answer was cut short, as it should be where the work fails at once", cut);
            }
            return cell;
        }
    },
    HTTP_OUT {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            HttpRequest request = HttpRequest.newBuilder(http.uri("/nothing")).build();
            return under(cell, () -> on(matrix.client.send(request, BodyHandlers.ofString()), carrier, matrix));
        }
    },
    RABBIT_IN {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            return under(
                    cell,
                    () -> matrix.publisher.publish(
                            matrix.queue, Message.json(cell).withId(carrier.name())));
        }
    },
    RABBIT_OUT {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            return under(
                    cell,
                    () -> on(
                            Correlation.wrap(matrix.publisher.publish("nowhere-" + matrix.queue, Message.json(cell)))
                                    .handle((result, unroutable) -> "refused"),
                            carrier,
                            matrix));
        }
    },
    REDIS {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            return under(cell, () -> on(RedisPool.carrying(matrix.redis.async().get("matrix")), carrier, matrix));
        }
    },
    REDIS_BUS {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            matrix.redisBus.publish(Matrix.TOPIC, Matrix.told(cell, carrier));
            return idOfItsOwn(cell, matrix);
        }
    },
    HAZELCAST {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            return under(
                    cell,
                    () -> on(
                            Correlation.wrap(matrix.hazelcast.map("matrix").putAsync(cell, carrier.name())),
                            carrier,
                            matrix));
        }
    },
    HAZELCAST_BUS {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            matrix.hazelcast.bus().publish(Matrix.TOPIC, Matrix.told(cell, carrier));
            return idOfItsOwn(cell, matrix);
        }
    },
    WEBSOCKET_OPEN {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            try (WebSocketTestClient session = session(cell, Conversation.Moment.OPEN, carrier, http)) {
                session.receiveText();
                return cell;
            }
        }
    },
    WEBSOCKET_MESSAGE {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            return byMessage(cell, Conversation.Moment.MESSAGE, carrier, http);
        }
    },
    WEBSOCKET_STAGE {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            return byMessage(cell, Conversation.Moment.STAGE, carrier, http);
        }
    },
    /** After the session is in the topic. What is delivered from there on is frames, and no code of the service. */
    WEBSOCKET_AFTER_JOIN {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            return byMessage(cell, Conversation.Moment.THEN, carrier, http);
        }
    },
    WEBSOCKET_CLOSE {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            try (WebSocketTestClient session = session(cell, Conversation.Moment.CLOSE, carrier, http)) {
                session.receiveText();
                session.sendClose(1000, "bye");
                session.awaitClose();
                return cell;
            }
        }
    },
    BACKGROUND {
        @Override
        String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http) {
            return under(cell, () -> matrix.threads.background.run("matrix", () -> matrix.run(carrier)));
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Has the work begin; returns the correlation id it should have. */
    abstract String deliver(String cell, Carrier carrier, Matrix matrix, TestClient http);

    /** Whether every line is that of a session. */
    boolean hasSession() {
        return name().startsWith("WEBSOCKET");
    }

    private static void on(CompletionStage<?> stage, Carrier carrier, Matrix matrix) {
        stage.thenRun(() -> matrix.run(carrier)).whenComplete(Matrix::log);
    }

    private static String under(String cell, Runnable begin) {
        try (Correlation.Scope scope = new Correlation(cell, "a".repeat(32)).open()) {
            begin.run();
        }
        return cell;
    }

    /** A bus carries bytes and no ids. */
    private static String idOfItsOwn(String cell, Matrix matrix) {
        return Objects.requireNonNull(await().atMost(LIMIT).until(() -> matrix.ids.get(cell), Objects::nonNull));
    }

    private static WebSocketTestClient session(
            String cell, Conversation.Moment moment, Carrier carrier, TestClient http) {
        URI uri = http.uri("/live/" + moment + "/" + carrier);
        return WebSocketTestClient.to(uri).with("X-Correlation-Id", cell).connect();
    }

    private static String byMessage(String cell, Conversation.Moment moment, Carrier carrier, TestClient http) {
        try (WebSocketTestClient session = session(cell, moment, carrier, http)) {
            String id = session.receiveText() + "-1";
            session.sendText("work");
            session.receive(); // a message or, if the handler failed, the close
            return id;
        }
    }
}
