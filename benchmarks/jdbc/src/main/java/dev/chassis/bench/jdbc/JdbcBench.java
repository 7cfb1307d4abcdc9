package dev.chassis.bench.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.chassis.bench.Machine;
import dev.chassis.bench.Result;
import dev.chassis.bench.Samples;
import dev.chassis.bench.Table;
import dev.chassis.jdbc.JdbcPool;
import dev.chassis.testing.PostgresServer;
import dev.chassis.time.Deadline;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;

/**
 * {@code SELECT 1} over a fresh connection each time, over the pool, and over HikariCP as it comes; and the time from the start of a process to a
 * pool of ten that is warm. One private PostgreSQL with SCRAM, on loopback. Rounds alternate; figures are medians of rounds.
 */
public final class JdbcBench {

    private static final String PASSWORD = "bench";

    private final PostgresServer server;
    private final int rounds;
    private final int fresh;
    private final int pooled;

    private JdbcBench(PostgresServer server, boolean quick) {
        this.server = server;
        this.rounds = quick ? 5 : 11;
        this.fresh = quick ? 100 : 300;
        this.pooled = quick ? 5_000 : 20_000;
    }

    /** Runs it; {@code --quick} for fewer and shorter rounds. */
    public static void main(String[] args) throws Exception {
        boolean quick = List.of(args).contains("--quick");
        System.out.println(Machine.describe());
        try (PostgresServer server =
                PostgresServer.settings().password(PASSWORD).tls().start()) {
            new JdbcBench(server, quick).run();
        }
    }

    private void run() throws Exception {
        String tls = server.url() + "?sslmode=require";
        String tcp = server.url() + "?sslmode=disable"; // the driver's default is TLS where the server offers it
        JdbcPool pool = started(tcp);
        JdbcPool tlsPool = started(tls);
        try (HikariDataSource bare = bare(tcp, server.user());
                HikariDataSource control = bare(tcp, server.user())) {
            Map<String, Callable<Double>> figures = new LinkedHashMap<>();
            figures.put("fresh, TCP", () -> micros(fresh, () -> connect(tcp)));
            figures.put("fresh, TLS", () -> micros(fresh, () -> connect(tls)));
            figures.put(
                    "JdbcPool, TCP",
                    () -> micros(pooled, () -> pool.dataSource().getConnection()));
            figures.put(
                    "JdbcPool, TLS",
                    () -> micros(pooled, () -> tlsPool.dataSource().getConnection()));
            figures.put("HikariCP, TCP", () -> micros(pooled, bare::getConnection));
            figures.put("the same again", () -> micros(pooled, control::getConnection)); // its difference is noise
            Map<String, Samples> samples = measure(figures);
            Samples warm = new Samples();
            DoubleStream.generate(this::warmMillis).limit(rounds).forEach(warm::add);
            print(samples, warm);
        } finally {
            pool.stop(soon());
            tlsPool.stop(soon());
        }
    }

    /** Round by round, the order rotates; the first round of each warms up and does not count. */
    private Map<String, Samples> measure(Map<String, Callable<Double>> figures) throws Exception {
        List<String> names = List.copyOf(figures.keySet());
        Map<String, Samples> samples = new LinkedHashMap<>();
        names.forEach(name -> samples.put(name, new Samples()));
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get((i + round + 1) % names.size());
                double micros = figures.get(name).call();
                if (round >= 0) {
                    samples.get(name).add(micros);
                }
            }
        }
        return samples;
    }

    private static void print(Map<String, Samples> samples, Samples warm) {
        Table table = new Table("jdbc: one SELECT 1", "µs median", "min–max", "rounds");
        samples.forEach((name, micros) -> table.row(
                name, Table.number(micros.median(), 1), Table.spread(micros), Integer.toString(micros.count())));
        System.out.printf("%n%s%n%n", table);
        Samples pool = samples.get("JdbcPool, TCP");
        Samples bare = samples.get("HikariCP, TCP");
        System.out.println(new Result("jdbc")
                .ratio("freshVsPool", samples.get("fresh, TCP").ratioTo(pool))
                .ratio("freshTlsVsPool", samples.get("fresh, TLS").ratioTo(samples.get("JdbcPool, TLS")))
                .ratio("overheadPercent", 100 * (pool.ratioTo(bare) - 1))
                .ratio(
                        "noisePercent",
                        100 * Math.abs(samples.get("the same again").ratioTo(bare) - 1))
                .count("warmMillis", Math.round(warm.median())));
    }

    private static double micros(int times, Callable<Connection> source) throws Exception {
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            try (Connection connection = source.call();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT 1")) {
                row.next();
            }
        }
        return (System.nanoTime() - began) / 1_000.0 / times;
    }

    private Connection connect(String url) throws Exception {
        return DriverManager.getConnection(url, server.user(), PASSWORD);
    }

    private JdbcPool started(String url) throws Exception {
        JdbcPool pool = JdbcPool.of("bench", WarmMain.config(url, server.user(), PASSWORD));
        pool.start(soon());
        return pool;
    }

    private static HikariDataSource bare(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(PASSWORD);
        return new HikariDataSource(config);
    }

    /** From the start of a process to a pool that is full and warm in it. */
    private double warmMillis() {
        List<String> command = List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                WarmMain.class.getName(),
                server.url(),
                server.user(),
                PASSWORD);
        long began = System.nanoTime();
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            double millis = 0;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    millis = line.equals(WarmMain.WARM) ? (System.nanoTime() - began) / 1e6 : millis;
                }
            }
            if (process.waitFor() != 0 || millis == 0) {
                throw new IllegalStateException("the process did not get warm");
            }
            return millis;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}
