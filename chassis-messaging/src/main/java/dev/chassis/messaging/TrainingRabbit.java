package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.devservices.TrainingServer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RabbitMQ for a training run (AMQP 0-9-1): everything can be declared, whatever is published is confirmed, and nothing is ever delivered.
 * Methods and frames are the client's own.
 */
public final class TrainingRabbit extends TrainingServer {

    private static final int HEADER_BYTES = "AMQP0091".length();
    private static final int CHANNELS = 2047;
    private static final int FRAME_BYTES = 131_072;
    private static final Map<String, Object> PROPERTIES = Map.of(
            "product",
            "RabbitMQ",
            "version",
            "4.0.0",
            "capabilities",
            Map.of("publisher_confirms", true, "basic.nack", true, "consumer_cancel_notify", true));

    /** Found by {@link java.util.ServiceLoader}. */
    public TrainingRabbit() {}

    @Override
    protected String kind() {
        return DevServices.RABBITMQ;
    }

    @Override
    protected DevServer at(int port) {
        return new DevServer("amqp://127.0.0.1:" + port, "", "", "a stand-in for RabbitMQ, for training");
    }

    @Override
    protected void serve(DataInputStream in, DataOutputStream out) throws IOException {
        in.skipNBytes(HEADER_BYTES);
        send(out, 0, greeting());
        Map<Integer, Long> published = new HashMap<>();
        while (true) {
            Frame frame = Frame.readFrom(in, () -> FRAME_BYTES);
            if (frame.getType() == AMQP.FRAME_METHOD) {
                Method method =
                        AMQImpl.readMethodFrom(new DataInputStream(new ByteArrayInputStream(frame.getPayload())));
                Method answer = method instanceof AMQP.Basic.Publish
                        ? acked(published.merge(frame.getChannel(), 1L, Long::sum))
                        : answer(method);
                if (answer != null) {
                    send(out, frame.getChannel(), answer);
                }
            }
        }
    }

    private static void send(DataOutputStream out, int channel, Method method) throws IOException {
        ((com.rabbitmq.client.impl.Method) method).toFrame(channel).writeTo(out);
        out.flush();
    }

    private static Method greeting() {
        return new AMQP.Connection.Start.Builder()
                .versionMajor(0)
                .versionMinor(9)
                .serverProperties(PROPERTIES)
                .mechanisms(LongStringHelper.asLongString("PLAIN"))
                .locales(LongStringHelper.asLongString("en_US"))
                .build();
    }

    private static Method acked(long number) {
        return new AMQP.Basic.Ack.Builder().deliveryTag(number).build();
    }

    /** Null for a method that is not answered. */
    private static @Nullable Method answer(Method method) {
        if (method instanceof AMQP.Queue.Declare declare) {
            return new AMQP.Queue.DeclareOk.Builder().queue(declare.getQueue()).build();
        }
        if (method instanceof AMQP.Basic.Consume consume) {
            return new AMQP.Basic.ConsumeOk.Builder()
                    .consumerTag(consume.getConsumerTag())
                    .build();
        }
        if (method instanceof AMQP.Basic.Cancel cancel) {
            return new AMQP.Basic.CancelOk.Builder()
                    .consumerTag(cancel.getConsumerTag())
                    .build();
        }
        return switch (method.protocolMethodName()) {
            case "connection.start-ok" ->
                new AMQP.Connection.Tune.Builder()
                        .channelMax(CHANNELS)
                        .frameMax(FRAME_BYTES)
                        .heartbeat(0)
                        .build();
            case "connection.open" -> new AMQP.Connection.OpenOk.Builder().build();
            case "connection.close" -> new AMQP.Connection.CloseOk.Builder().build();
            case "channel.open" -> new AMQP.Channel.OpenOk.Builder().build();
            case "channel.close" -> new AMQP.Channel.CloseOk.Builder().build();
            case "confirm.select" -> new AMQP.Confirm.SelectOk.Builder().build();
            case "exchange.declare" -> new AMQP.Exchange.DeclareOk.Builder().build();
            case "exchange.bind" -> new AMQP.Exchange.BindOk.Builder().build();
            case "queue.bind" -> new AMQP.Queue.BindOk.Builder().build();
            case "queue.delete" -> new AMQP.Queue.DeleteOk.Builder().build();
            case "basic.qos" -> new AMQP.Basic.QosOk.Builder().build();
            default -> null;
        };
    }
}
