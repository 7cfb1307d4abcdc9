package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import java.io.File;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool without a URL, where there are dev services and where there are none. */
@Timeout(120)
class DevelopmentTest {

    @TempDir
    private Path directory;

    /** Dev services with whatever the system property says. */
    public static final class OneServer implements DevServices {

        static final String URL = "test.dev.url";

        @Override
        public DevServer server(String kind) {
            return new DevServer(
                    System.getProperty(URL, "jdbc:" + kind), "postgres", "", "the server of a test, as a test says so");
        }
    }

    private Path registered() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(DevServices.class.getName()), OneServer.class.getName());
        return directory;
    }

    @Test
    void aDevServerIsUsedWhereNoUrlIsSet() throws Exception {
        JdbcPool pool = JdbcPool.of("orders", Trials.config(Map.of("max-size", "2")));
        List<String> problems = new ArrayList<>();
        pool.check((key, expected) -> problems.add(key));
        assertThat(problems).isEmpty();
        pool.start(Trials.soon());
        assertThat(pool.query("select 42", row -> row.getInt(1))).containsExactly(42);
        pool.stop(Trials.soon());
    }

    @Test
    void withH2AsTheOnlyDriverItIsADatabaseInMemory() throws Exception {
        String output = run(registered().toString());
        assertThat(output).contains("url is missing: false", "the answer is 42");
    }

    @Test
    void withoutDevServicesTheUrlIsMissing() throws Exception {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        assertThat(run(empty.toString())).contains("url is missing: true");
    }

    /** Runs {@link #main} in a JVM that has no driver but H2, and nothing of chassis-testing that offers dev services. */
    private static String run(String more) throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("/postgresql/")
                        && !entry.contains("mariadb")
                        && !entry.contains("chassis-testing"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        more + File.pathSeparator + classPath,
                        DevelopmentTest.Main.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Starts a pool without a URL, if it has nothing against it. */
    public static final class Main {

        private Main() {}

        /** Runs it. */
        public static void main(String[] args) throws Exception {
            var configuration = dev.chassis.config.Configuration.load(Map.of(), Map.of(), Map.of());
            JdbcPool pool = JdbcPool.of("orders", configuration.bind(JdbcConfig.class));
            List<String> problems = new ArrayList<>();
            pool.check((key, expected) -> problems.add(key));
            System.out.println("url is missing: " + problems.contains("chassis.jdbc.url"));
            if (problems.isEmpty()) {
                pool.start(dev.chassis.time.Deadline.after(java.time.Duration.ofSeconds(20)));
                System.out.println("the answer is "
                        + pool.query("select 42", row -> row.getInt(1)).get(0));
                pool.stop(dev.chassis.time.Deadline.after(java.time.Duration.ofSeconds(20)));
            }
        }
    }
}
