package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time is not asserted, but what costs it is: what a fresh process loads to read a configuration. */
class StartUpTest {

    @TempDir
    Path directory;

    @ConfigMapping(prefix = "chassis.http")
    interface Http {

        @WithDefault("8080")
        @Range(min = "0", max = "65535")
        @Description("The port.")
        int port();

        @WithDefault("1MiB")
        long maxBodyBytes();

        @WithDefault("10s")
        Duration requestTimeout();

        Optional<String> name();
    }

    /** The fresh process. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            Configuration configuration = Configuration.load(Map.of(), Map.of(), Map.of("chassis.http.port", "1"));
            Http http = configuration.bind(Http.class);
            configuration.verify();
            System.out.println("port " + http.port());
        }
    }

    @Test
    void readingAConfigurationLoadsNeitherTheEngineOfSmallRyeNorALogger() throws Exception {
        Path classes = directory.resolve("classes.log");
        Path output = directory.resolve("output.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + classes,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).hasContent("port 1");
        List<String> loaded = Files.readAllLines(classes);
        assertThat(loaded).anyMatch(line -> line.contains("dev.chassis.config.Configuration "));
        assertThat(loaded)
                .noneMatch(line -> line.contains("SmallRyeConfig")
                        || line.contains("org.jboss.logging")
                        || line.contains("org.slf4j")
                        || line.contains(" org.objectweb.asm"));
    }
}
