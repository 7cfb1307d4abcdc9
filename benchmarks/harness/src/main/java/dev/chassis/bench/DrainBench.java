package dev.chassis.bench;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * SIGTERM under load, in both orders a load balancer and a scheduler may come in, and SIGTERM to an idle service.
 *
 * <p>Deregistered first: no new requests, idle connections stay, then SIGTERM. SIGTERM first: traffic goes on until the
 * balancer has seen two failed readiness checks.
 */
final class DrainBench {
    private static final int CONNECTIONS = 64;
    private static final String WORK = "/work";
    private static final String READINESS = "/readyz";
    private static final Duration TRAFFIC = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMillis(5_500);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(200);
    private static final int UNHEALTHY_AFTER = 2;
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(120);

    private final int runs;
    private final int idleRuns;
    private final Peer candidate;
    private final Tally total = new Tally();
    private final Samples drainMillis = new Samples();
    private final Samples idleDrainMillis = new Samples();
    private int unclean;

    DrainBench(Options options, Peer candidate) {
        this.runs = options.pick(4, 20);
        this.idleRuns = options.pick(3, 5);
        this.candidate = candidate.at(WORK);
    }

    void run() throws Exception {
        for (int run = 0; run < runs; run++) {
            if (run % 2 == 0) {
                underLoad(this::deregisteredFirst);
            } else {
                underLoad(this::sigtermFirst);
            }
        }
        for (int run = 0; run < idleRuns; run++) {
            idle();
        }
        print();
        if (unclean > 0) {
            throw new IllegalStateException(unclean + " processes did not exit with 0");
        }
    }

    private void underLoad(Order order) throws Exception {
        try (ServerProcess server = ServerProcess.start(candidate, Cpus.SHARED);
                Balancer balancer = new Balancer(server.port(), WORK, CONNECTIONS)) {
            balancer.start();
            Thread.sleep(TRAFFIC.toMillis());
            drainMillis.add(order.drain(server, balancer));
            total.add(balancer.end());
        }
    }

    private double deregisteredFirst(ServerProcess server, Balancer balancer) throws Exception {
        balancer.deregister();
        long begun = System.nanoTime();
        server.terminate();
        return awaitExit(server, begun);
    }

    private double sigtermFirst(ServerProcess server, Balancer balancer) throws Exception {
        long begun = System.nanoTime();
        server.terminate();
        awaitUnhealthy(new Probe(server.port(), READINESS));
        balancer.deregister();
        return awaitExit(server, begun);
    }

    private void idle() throws Exception {
        try (ServerProcess server = ServerProcess.start(candidate, Cpus.SHARED)) {
            Thread.sleep(IDLE.toMillis());
            long begun = System.nanoTime();
            server.terminate();
            idleDrainMillis.add(awaitExit(server, begun));
        }
    }

    private static void awaitUnhealthy(Probe probe) throws InterruptedException {
        int misses = 0;
        while (misses < UNHEALTHY_AFTER) {
            Thread.sleep(CHECK_INTERVAL.toMillis());
            misses = probe.status() == 200 ? 0 : misses + 1;
        }
    }

    private double awaitExit(ServerProcess server, long begun) throws InterruptedException, TimeoutException {
        if (server.awaitExit(EXIT_TIMEOUT) != 0) {
            unclean++;
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private void print() {
        System.out.printf("load     %d keep-alive connections%n%n", CONNECTIONS);
        Table table = new Table("drain", "ms median", "min–max", "rounds");
        row(table, "SIGTERM to exit, under load", drainMillis);
        row(table, "SIGTERM to exit, idle", idleDrainMillis);
        System.out.println(table);
        System.out.println();
        System.out.println(new Result("drain")
                .count("runs", runs)
                .count("requests", total.requests())
                .count("failed", total.failed())
                .count("resets", total.resets())
                .count("idleDrainMillis", Math.round(idleDrainMillis.median())));
    }

    private static void row(Table table, String name, Samples millis) {
        table.row(name, Table.number(millis.median(), 0), Table.spread(millis), Integer.toString(millis.count()));
    }

    /** One order of events, from traffic to the end of the process; returns the milliseconds from SIGTERM to exit. */
    @FunctionalInterface
    private interface Order {
        double drain(ServerProcess server, Balancer balancer) throws Exception;
    }
}
