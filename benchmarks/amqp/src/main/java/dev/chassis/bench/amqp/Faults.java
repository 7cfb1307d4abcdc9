package dev.chassis.bench.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.bench.Result;
import dev.chassis.bench.Table;
import dev.chassis.config.Configuration;
import dev.chassis.messaging.Consumer;
import dev.chassis.messaging.Message;
import dev.chassis.messaging.Outcome;
import dev.chassis.messaging.PublishResult;
import dev.chassis.messaging.Publisher;
import dev.chassis.messaging.RabbitConfig;
import dev.chassis.messaging.RabbitConnection;
import dev.chassis.testing.BrokerFault;
import dev.chassis.testing.BrokerFaults;
import dev.chassis.testing.BrokerReport;
import dev.chassis.testing.BrokerTrial;
import dev.chassis.testing.FaultProxy;
import dev.chassis.testing.RabbitServer;
import dev.chassis.time.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Messages through the publisher and the consumer of the chassis while the broker and the network fail. */
final class Faults {
    private static final String QUEUE = "faults";
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int BYTES = 256;
    private static final int MESSAGES_PER_FAULT = 50_000;

    // As on two shared processors; only to say how long it may take.
    private static final int MESSAGES_PER_SECOND = 8_000;
    private static final int SECONDS_PER_FAULT = 8;

    private final RabbitServer broker;
    private final RabbitConnection rabbit;
    private final Publisher publisher;
    private final Consumer<byte[]> consumer;
    private final BrokerTrial trial;

    private Faults(RabbitServer broker, FaultProxy proxy, int messages) {
        this.broker = broker;
        Map<String, String> keys = Map.of(
                "chassis.rabbit.addresses",
                "127.0.0.1:" + proxy.port(),
                "chassis.rabbit.heartbeat",
                HEARTBEAT.toSeconds() + "s",
                "chassis.rabbit.reconnect-max",
                "2s");
        RabbitConfig config = Configuration.load(Map.of(), Map.of(), keys).bind(RabbitConfig.class);
        this.rabbit = RabbitConnection.of("faults", config);
        this.publisher = rabbit.publisher("");
        this.trial = new BrokerTrial(
                messages, number -> publisher.publish(QUEUE, message(number)).thenApply(Faults::result));
        this.consumer = rabbit.consumer(QUEUE, delivery -> {
            trial.received(ByteBuffer.wrap(delivery.payload()).getInt(), delivery.redelivered());
            return Outcome.ack();
        });
    }

    /** Runs with {@code [--messages=N] [--seed=N] [--faults=N]}, and ends with an error if the books do not balance. */
    static void run(List<String> options) throws Exception {
        int messages = (int) option(options, "messages", 1_000_000);
        long seed = option(options, "seed", ThreadLocalRandom.current().nextInt(1_000_000));
        int count = (int) option(options, "faults", Math.max(BrokerFaults.KINDS.size(), messages / MESSAGES_PER_FAULT));
        System.out.printf(
                "%d messages of %d bytes, %d faults, --seed=%d; about %d s%n",
                messages, BYTES, count, seed, messages / MESSAGES_PER_SECOND + count * SECONDS_PER_FAULT);
        try (RabbitServer broker = RabbitServer.start();
                FaultProxy proxy = FaultProxy.to(broker.host(), broker.port())) {
            Faults faults = new Faults(broker, proxy, messages);
            List<BrokerFault> deck = told(
                    new BrokerFaults(broker, proxy, seed, HEARTBEAT, QUEUE, faults::declare).deck(count), messages);
            long began = System.nanoTime();
            BrokerReport report = faults.through(deck);
            print(report, seed, (System.nanoTime() - began) / 1_000_000_000);
            if (report.lost() > 0 || report.unexplained() > 0) {
                System.exit(1);
            }
        }
    }

    /** The same faults, each with a line that says when it came and how long the rest will take at this pace. */
    private static List<BrokerFault> told(List<BrokerFault> deck, int messages) {
        long began = System.nanoTime();
        List<BrokerFault> told = new ArrayList<>();
        for (int i = 0; i < deck.size(); i++) {
            BrokerFault fault = deck.get(i);
            int number = i + 1;
            told.add(fault.telling(() -> {
                long seconds = (System.nanoTime() - began) / 1_000_000_000;
                System.out.printf(
                        "%4d s  fault %d of %d: %s, at %d messages; about %d s to go%n",
                        seconds,
                        number,
                        deck.size(),
                        fault.name(),
                        (long) messages * number / (deck.size() + 1),
                        seconds * (deck.size() + 1 - number) / number);
            }));
        }
        return told;
    }

    private BrokerReport through(List<BrokerFault> deck) throws Exception {
        declare();
        rabbit.start(soon());
        publisher.start(soon());
        consumer.start(soon());
        BrokerReport report = trial.run(deck);
        consumer.drain().toCompletableFuture().get();
        consumer.stop(soon());
        publisher.stop(soon());
        rabbit.stop(soon());
        return report;
    }

    private void declare() {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(broker.uri());
            try (Connection connection = factory.newConnection();
                    Channel channel = connection.createChannel()) {
                channel.queueDeclare(QUEUE, true, false, false, Map.of());
            }
        } catch (Exception e) { // four checked ones, none of which should happen
            throw new IllegalStateException(e);
        }
    }

    private static Message message(int number) {
        return Message.of(ByteBuffer.allocate(BYTES).putInt(number).array(), "application/octet-stream")
                .withId(Integer.toString(number));
    }

    private static BrokerTrial.Result result(PublishResult result) {
        return switch (result.outcome()) {
            case CONFIRMED -> BrokerTrial.Result.CONFIRMED;
            case REFUSED, RETURNED -> BrokerTrial.Result.REFUSED;
            case NACKED, TIMED_OUT, OUTCOME_UNKNOWN -> BrokerTrial.Result.UNKNOWN;
        };
    }

    private static void print(BrokerReport report, long seed, long seconds) {
        Table table = new Table("amqp-faults", "messages");
        table.row("confirmed", "" + report.confirmed());
        table.row("received", "" + report.received());
        table.row("lost", "" + report.lost());
        table.row("duplicates", "" + report.duplicates());
        table.row("  marked as redelivered", "" + report.redelivered());
        table.row("  published again, outcome unknown", "" + report.republished());
        table.row("  delivered before a kill", "" + report.afterKill());
        table.row("  unexplained", "" + report.unexplained());
        table.row("publishes without an answer", "" + report.unknown());
        table.row("publishes refused", "" + report.refused());
        System.out.printf("%nfaults: %s%n%n%s%n%n", String.join(", ", report.faults()), table);
        System.out.println(new Result("amqp-faults")
                .count("confirmed", report.confirmed())
                .count("received", report.received())
                .count("lost", report.lost())
                .count("duplicates", report.duplicates())
                .count("unexplained", report.unexplained())
                .count("faults", report.faults().size())
                .count("seed", seed)
                .count("seconds", seconds));
    }

    /** What {@code --name=} says. */
    static long option(List<String> options, String name, long otherwise) {
        String prefix = "--" + name + "=";
        return options.stream()
                .filter(option -> option.startsWith(prefix))
                .map(option -> Long.parseLong(option.substring(prefix.length())))
                .findFirst()
                .orElse(otherwise);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}
