package dev.chassis.bench.redis;

import dev.chassis.bench.Machine;
import dev.chassis.bench.Result;
import dev.chassis.bench.Samples;
import dev.chassis.bench.Table;
import dev.chassis.testing.RedisServer;
import java.util.List;

/** A fresh connection for each operation against the pool, the pool against bare Lettuce, and a start to a warm pool. */
public final class RedisBench {
    private RedisBench() {}

    /**
     * Measures, or with {@code warm <url>} is the process whose start is measured.
     *
     * @param args {@code [--quick]}
     * @throws Exception if a server does not start, or a command fails
     */
    public static void main(String[] args) throws Exception {
        if (args.length == 2 && args[0].equals("warm")) {
            WarmStart.run(args[1]);
            return;
        }
        boolean quick = List.of(args).contains("--quick");
        int rounds = quick ? 5 : 11;
        System.out.println(Machine.describe());
        try (RedisServer plain = RedisServer.start();
                RedisServer tls = RedisServer.with().tls().start()) {
            Round round = new Round(quick ? 300 : 1_000);
            Samples fresh = new Samples();
            Samples pooled = new Samples();
            Samples freshTls = new Samples();
            Samples pooledTls = new Samples();
            Samples chassis = new Samples();
            Samples bare = new Samples();
            Samples warm = new Samples();
            try (Subjects subjects = Subjects.open(plain, tls)) {
                round.warmUp(subjects);
                for (int i = 0; i < rounds; i++) {
                    // The order turns, so that none is always first.
                    if (i % 2 == 0) {
                        chassis.add(round.closedLoop(subjects.pool()));
                        bare.add(round.closedLoop(subjects.bare()));
                    } else {
                        bare.add(round.closedLoop(subjects.bare()));
                        chassis.add(round.closedLoop(subjects.pool()));
                    }
                    fresh.add(round.each(subjects::fresh));
                    pooled.add(round.each(subjects.pool()));
                    freshTls.add(round.each(subjects::freshTls));
                    pooledTls.add(round.each(subjects.poolTls()));
                    warm.add(WarmStart.measure(plain.url()));
                }
            }
            Table table = new Table("redis: one GET", "µs median", "min–max", "rounds");
            row(table, "fresh connection", fresh);
            row(table, "pool", pooled);
            row(table, "fresh connection, TLS", freshTls);
            row(table, "pool, TLS", pooledTls);
            row(table, "pool, closed loop", chassis);
            row(table, "bare Lettuce, closed loop", bare);
            System.out.printf("%n%s%n%n", table);
            System.out.println(new Result("redis")
                    .ratio("freshVsPool", fresh.ratioTo(pooled))
                    .ratio("freshTlsVsPool", freshTls.ratioTo(pooledTls))
                    .ratio("overheadPercent", 100 * (chassis.ratioTo(bare) - 1))
                    .count("warmMillis", Math.round(warm.median())));
        }
    }

    private static void row(Table table, String name, Samples micros) {
        table.row(name, Table.number(micros.median(), 1), Table.spread(micros), Integer.toString(micros.count()));
    }
}
