package dev.chassis.bench.jdbc;

import dev.chassis.config.Configuration;
import dev.chassis.jdbc.JdbcConfig;
import dev.chassis.jdbc.JdbcPool;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.Map;

/** A process that does nothing but warm a pool of ten. */
public final class WarmMain {

    /** What it prints when the pool is warm. */
    static final String WARM = "warm";

    private WarmMain() {}

    /** Warms it; the URL, the user and the password are the arguments. */
    public static void main(String[] args) throws Exception {
        JdbcPool pool = JdbcPool.of("bench", config(args[0], args[1], args[2]));
        pool.start(Deadline.after(Duration.ofSeconds(30)));
        System.out.println(WARM);
        pool.stop(Deadline.after(Duration.ofSeconds(30)));
    }

    static JdbcConfig config(String url, String user, String password) {
        Map<String, String> keys =
                Map.of("chassis.jdbc.url", url, "chassis.jdbc.user", user, "chassis.jdbc.password", password);
        return Configuration.load(Map.of(), Map.of(), keys).bind(JdbcConfig.class);
    }
}
