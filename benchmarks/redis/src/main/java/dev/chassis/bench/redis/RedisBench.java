package dev.chassis.bench.redis;

import dev.chassis.testing.RedisServer;
import java.util.List;
import java.util.Locale;

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
            System.out.printf(Locale.ROOT, "%-28s %10s%n", "one GET, us, median", "");
            row("fresh connection", fresh.median());
            row("pool", pooled.median());
            row("fresh connection, TLS", freshTls.median());
            row("pool, TLS", pooledTls.median());
            row("pool, closed loop", chassis.median());
            row("bare Lettuce, closed loop", bare.median());
            System.out.printf(
                    Locale.ROOT,
                    "%n{\"bench\":\"redis\",\"freshVsPool\":%.2f,\"freshTlsVsPool\":%.2f,\"overheadPercent\":%.2f,\"warmMillis\":%.0f}%n",
                    fresh.median() / pooled.median(),
                    freshTls.median() / pooledTls.median(),
                    100 * (chassis.median() / bare.median() - 1),
                    warm.median());
        }
    }

    private static void row(String name, double micros) {
        System.out.printf(Locale.ROOT, "%-28s %10.1f%n", name, micros);
    }
}
