package dev.chassis.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What can happen to a broker, for a {@link BrokerTrial} whose clients connect through a proxy. Used by one thread.
 *
 * <table>
 * <caption>the faults</caption>
 * <tr><td>kill</td><td>SIGKILL, and a new start on the same data</td></tr>
 * <tr><td>restart</td><td>an orderly stop, and a new start</td></tr>
 * <tr><td>close</td><td>the broker closes every connection with 320</td></tr>
 * <tr><td>cut</td><td>every connection is reset</td></tr>
 * <tr><td>refuse</td><td>every connection is reset and new ones are refused, for one to three seconds</td></tr>
 * <tr><td>stall</td><td>nothing passes for one to three seconds, which no heartbeat notices</td></tr>
 * <tr><td>half-open</td><td>nothing passes for longer than heartbeats allow; what was on its way arrives after that</td></tr>
 * <tr><td>alarm</td><td>a memory alarm of one to three seconds</td></tr>
 * <tr><td>delete</td><td>the queue is deleted and made again. That drops what is in it by right, so that nothing could be proven: the trial
 *     pauses publishing and waits until all is received, and publishing goes on while the queue is away</td></tr>
 * </table>
 */
public final class BrokerFaults {

    /** What there is. */
    public static final List<String> KINDS =
            List.of("kill", "restart", "close", "cut", "refuse", "stall", "half-open", "alarm", "delete");

    private final RabbitServer broker;
    private final FaultProxy proxy;
    private final long seed;
    private final long halfOpenMillis;
    private final String queue;
    private final Runnable declare;
    private final Random random;

    /**
     * Faults of one broker.
     *
     * @param seed decides order and lengths
     * @param heartbeat what the clients have agreed on; half-open lasts three of them
     * @param declare makes the queue again as it was, if it is not there
     */
    public BrokerFaults(
            RabbitServer broker, FaultProxy proxy, long seed, Duration heartbeat, String queue, Runnable declare) {
        this.broker = broker;
        this.proxy = proxy;
        this.seed = seed;
        this.halfOpenMillis = 3 * heartbeat.toMillis();
        this.queue = queue;
        this.declare = declare;
        this.random = new Random(seed);
    }

    /** That many faults: every kind once, in an order that the seed decides, before any comes again. */
    public List<BrokerFault> deck(int count) {
        return order(seed, count).stream().map(this::named).toList();
    }

    /** The names of a deck. */
    static List<String> order(long seed, int count) {
        Random shuffle = new Random(seed);
        List<String> deck = new ArrayList<>();
        while (deck.size() < count) {
            List<String> kinds = new ArrayList<>(KINDS);
            Collections.shuffle(kinds, shuffle);
            deck.addAll(kinds);
        }
        return List.copyOf(deck.subList(0, count));
    }

    private BrokerFault named(String name) {
        BrokerFault.Action action = switch (name) {
            case "kill" -> this::kill;
            case "restart" -> trial -> broker.restart();
            case "close" -> trial -> broker.closeAllConnections("fault");
            case "cut" -> trial -> proxy.cut();
            case "refuse" -> trial -> refuse();
            case "stall" -> trial -> stall(aWhile());
            case "half-open" -> trial -> stall(halfOpenMillis);
            case "alarm" -> trial -> alarm();
            case "delete" -> this::delete;
            default -> throw new IllegalArgumentException(name);
        };
        return new BrokerFault(name, action);
    }

    private void kill(BrokerTrial trial) {
        broker.kill();
        trial.newLife();
        broker.restart();
        trial.newLife();
    }

    private void refuse() throws InterruptedException {
        proxy.refuse();
        proxy.cut();
        lasting(aWhile());
        proxy.forward();
    }

    private void stall(long millis) throws InterruptedException {
        proxy.stall();
        lasting(millis);
        proxy.forward();
    }

    private void alarm() throws InterruptedException {
        broker.memoryAlarm(true);
        lasting(aWhile());
        broker.memoryAlarm(false);
    }

    private void delete(BrokerTrial trial) throws Exception {
        trial.whileQuiet(() -> broker.deleteQueue(queue));
        lasting(aWhile());
        declare.run();
    }

    private long aWhile() {
        return 1_000 + random.nextInt(2_000);
    }

    // The length of a fault is part of it; nothing is waited for here.
    private static void lasting(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
