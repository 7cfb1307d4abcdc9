package dev.chassis.bench.amqp;

import dev.chassis.bench.Machine;
import dev.chassis.bench.Result;
import dev.chassis.bench.Samples;
import dev.chassis.bench.Table;
import dev.chassis.testing.RabbitServer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Publishing with confirms and consuming with acknowledgements: the chassis, bare amqp-client, spring-rabbit, PerfTest, a connection each. */
public final class AmqpBench {
    private static final int BYTES = 1_024;
    private static final int EACH = 40; // messages of those that open a connection for each
    private static final String CHASSIS = "chassis";
    private static final String BARE = "bare amqp-client";
    private static final String SPRING = "spring-rabbit, direct";
    private static final String SIMPLE = "spring-rabbit, simple";
    private static final String CONNECT = "a connection each";
    private static final String AGAIN = "bare, the same again";
    private static final String ALIKE = "bare, our properties";
    private static final String PERF_TEST = "PerfTest, cold";

    // Those that take long to begin: they are here for their order of magnitude, three rounds tell it.
    private static final Set<String> SLOW = Set.of(CONNECT, PERF_TEST);
    private static final int SLOW_ROUNDS = 3;

    // Services run for days, so nothing counts while the compiler is busy; it is for longest with the chassis, which
    // has the most code: up to here a message took less processor time from round to round.
    private static final int WARM_UP = 200_000;
    private static final int QUICK_WARM_UP = 50_000;

    private final Place place;
    private final String only; // publish, consume or nothing
    private final int rounds;
    private final int messages;
    private final int warmUp;

    private AmqpBench(Place place, boolean quick, int messages, String only) {
        this.only = only;
        this.place = place;
        this.rounds = quick ? 5 : 25; // of 9 rounds two medians of the same loop differed by up to 7 %
        this.warmUp = quick ? QUICK_WARM_UP : WARM_UP;
        this.messages = messages;
    }

    /**
     * Measures; with {@code faults} as the first argument, see {@link Faults}.
     *
     * @param args {@code [--quick] [--messages=N] [--only=publish|consume]}, or {@code faults [--messages=N] [--faults=N] [--seed=N]}
     * @throws Exception if the broker does not start, or a message is lost
     */
    public static void main(String[] args) throws Exception {
        System.out.println(Machine.describe());
        if (args.length > 0 && args[0].equals("faults")) {
            Faults.run(List.of(args).subList(1, args.length));
            return;
        }
        boolean quick = Arrays.asList(args).contains("--quick");
        try (RabbitServer broker = RabbitServer.start()) {
            System.out.println("broker   RabbitMQ " + version(broker)
                    + ", in a process on the same machine; classic queue, " + BYTES + " bytes, persistent");
            int messages = (int) Faults.option(List.of(args), "messages", quick ? 5_000 : 20_000);
            new AmqpBench(Place.on(broker, BYTES), quick, messages, only(args)).run();
        }
    }

    private static String only(String... args) {
        String option = "--only=";
        return Arrays.stream(args)
                .filter(arg -> arg.startsWith(option))
                .map(arg -> arg.substring(option.length()))
                .findFirst()
                .orElse("");
    }

    private void run() throws Exception {
        try (Peer chassis = new ChassisPeer(place);
                Peer bare = new Bare(place);
                Peer again = new Bare(place);
                Peer alike = Bare.withOurProperties(place);
                Peer spring = Spring.direct(place);
                Peer simple = Spring.simple(place);
                Peer each = new ConnectPerMessage(place)) {
            PerfTest perfTest = new PerfTest(place);
            Map<String, Way> publishing = new LinkedHashMap<>();
            publishing.put(CHASSIS, count -> publish(chassis, count));
            publishing.put(BARE, count -> publish(bare, count));
            publishing.put(AGAIN, count -> publish(again, count));
            publishing.put(ALIKE, count -> publish(alike, count));
            publishing.put(SPRING, count -> publish(spring, count));
            publishing.put(PERF_TEST, perfTest::publish);
            publishing.put(CONNECT, count -> publish(each, EACH));
            Map<String, Way> consuming = new LinkedHashMap<>();
            consuming.put(CHASSIS, count -> consume(chassis, count));
            consuming.put(BARE, count -> consume(bare, count));
            consuming.put(AGAIN, count -> consume(again, count));
            consuming.put(SPRING, count -> consume(spring, count));
            consuming.put(SIMPLE, count -> consume(simple, count));
            consuming.put(PERF_TEST, perfTest::consume);
            Result result = new Result("amqp");
            if (!only.equals("consume")) {
                published(measure(publishing, false), result);
            }
            if (!only.equals("publish")) {
                consumed(measure(consuming, true), result);
            }
            System.out.println(result);
        }
    }

    /** Each warms up; then round by round, the order rotates. */
    private Map<String, Samples> measure(Map<String, Way> ways, boolean filled) throws Exception {
        List<String> names = List.copyOf(ways.keySet());
        Map<String, Samples> samples = new LinkedHashMap<>();
        for (String name : names) {
            samples.put(name, new Samples());
            if (!SLOW.contains(name)) {
                rate(ways.get(name), warmUp, filled);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get((i + round) % names.size());
                if (!SLOW.contains(name) || round < SLOW_ROUNDS) {
                    samples.get(name).add(rate(ways.get(name), messages, filled));
                }
            }
        }
        return samples;
    }

    private double rate(Way way, int count, boolean filled) throws Exception {
        place.empty();
        if (filled) {
            fill(count);
        }
        return way.perSecond(count);
    }

    private void fill(int count) throws Exception {
        try (Peer filling = Bare.withOurProperties(place)) {
            filling.publish(count);
        }
    }

    private double publish(Peer peer, int count) throws Exception {
        long began = System.nanoTime();
        peer.publish(count);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (place.ready() != count) {
            throw new IllegalStateException(place.ready() + " messages (expected: " + count + ")");
        }
        return count / seconds;
    }

    private double consume(Peer peer, int count) throws Exception {
        CountDownLatch left = new CountDownLatch(count);
        AtomicLong began = new AtomicLong(); // with the first delivery: to subscribe is not what is compared
        Runnable handler = () -> {
            if (began.get() == 0) {
                began.compareAndSet(0, System.nanoTime());
            }
            left.countDown();
        };
        try (AutoCloseable consumer = peer.consume(handler)) {
            if (!left.await(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException(left.getCount() + " messages not delivered");
            }
            return count / ((System.nanoTime() - began.get()) / 1e9);
        }
    }

    private static void published(Map<String, Samples> samples, Result result) {
        print("publish, confirmed", samples);
        Samples chassis = samples.get(CHASSIS);
        result.ratio("publishVsBare", chassis.pairedWith(samples.get(ALIKE)))
                .ratio("publishVsBareLeast", chassis.pairedWith(samples.get(BARE)))
                .ratio("publishVsSpring", chassis.pairedWith(samples.get(SPRING)))
                .ratio("publishVsConnectPerMessage", chassis.ratioTo(samples.get(CONNECT)))
                .ratio("publishNoise", noise(samples));
    }

    private static void consumed(Map<String, Samples> samples, Result result) {
        print("consume, acknowledged", samples);
        Samples chassis = samples.get(CHASSIS);
        result.ratio("consumeVsBare", chassis.pairedWith(samples.get(BARE)))
                .ratio("consumeVsSpring", chassis.pairedWith(samples.get(SIMPLE)))
                .ratio("consumeVsSpringDirect", chassis.pairedWith(samples.get(SPRING)))
                .ratio("consumeNoise", noise(samples));
    }

    private static double noise(Map<String, Samples> samples) {
        return samples.get(AGAIN).pairedWith(samples.get(BARE));
    }

    private static void print(String title, Map<String, Samples> samples) {
        Table table = new Table("amqp: " + title, "messages/s median", "min–max", "of bare, paired", "rounds");
        samples.forEach((name, rate) -> table.row(
                name,
                Table.number(rate.median(), 0),
                Table.spread(rate),
                Table.number(ofBare(rate, samples.get(BARE)), 3),
                Integer.toString(rate.count())));
        System.out.printf("%n%s%n%n", table);
        System.out.printf(
                "Two equal bare loops differ by %.1f %% in the median of %d rounds: ratios that are closer to a limit than that say nothing.%n%n",
                100 * Math.abs(noise(samples) - 1), samples.get(BARE).count());
    }

    private static double ofBare(Samples rate, Samples bare) {
        return rate.count() == bare.count() ? rate.pairedWith(bare) : rate.ratioTo(bare);
    }

    private static String version(RabbitServer broker) {
        return broker.rabbitmqctl("version").strip();
    }

    /** How fast one peer publishes, or consumes, so many messages. */
    @FunctionalInterface
    private interface Way {
        double perSecond(int count) throws Exception;
    }
}
