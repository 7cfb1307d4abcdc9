package dev.chassis.testing;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.opentest4j.TestAbortedException;

/**
 * What a test cannot do without. Where it is not to be had the test is skipped with the reason, or fails where the environment variable
 * {@code CHASSIS_REQUIRE_SERVERS} is {@code true}, as it should be on a build server. Stateless.
 */
public final class Require {

    private static final String VARIABLE = "CHASSIS_REQUIRE_SERVERS";

    private Require() {}

    /**
     * The dev services' PostgreSQL, if it is one: H2 is not, in locks, error codes, NOTIFY and SKIP LOCKED.
     *
     * @throws TestAbortedException if it is not to be had
     * @throws AssertionError likewise, where servers are required
     */
    public static DevServer realPostgres() {
        DevServer server = server(DevServices.POSTGRESQL);
        if (server.url().startsWith(H2Database.PREFIX)) {
            throw missing("needs a real PostgreSQL, and got " + server.reason());
        }
        return server;
    }

    /**
     * The dev services' server of a kind.
     *
     * @param kind one of the constants of {@link DevServices}
     * @throws TestAbortedException if it is not to be had
     * @throws AssertionError likewise, where servers are required
     */
    public static DevServer server(String kind) {
        try {
            return DevServices.available()
                    .orElseThrow(() -> new IllegalStateException("no dev services in a task of ECS"))
                    .server(kind);
        } catch (IllegalStateException e) {
            throw missing(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A program, with whatever it needs to run.
     *
     * @param trial a call of it that ends at once, and with 0 if it is there
     * @throws TestAbortedException if it is not to be had
     * @throws AssertionError likewise, where servers are required
     */
    public static void program(ProcessBuilder trial) throws InterruptedException {
        try {
            Process process = trial.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw missing("not to be had: " + String.join(" ", trial.command()) + ": " + said.strip());
            }
        } catch (IOException e) {
            throw missing("not to be had: " + String.join(" ", trial.command()) + ": " + e.getMessage());
        }
    }

    /**
     * What a test ends with that cannot have what it needs; to be thrown.
     *
     * @throws AssertionError where servers are required
     */
    static RuntimeException missing(String reason) {
        if (Boolean.parseBoolean(System.getenv(VARIABLE))) {
            throw new AssertionError(reason + " (" + VARIABLE + "=true)");
        }
        return new TestAbortedException(reason);
    }
}
