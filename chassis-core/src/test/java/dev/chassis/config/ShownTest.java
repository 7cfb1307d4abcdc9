package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownTest {

    enum Format {
        JSON,
        TEXT
    }

    @ConfigMapping(prefix = "chassis.http")
    @Description("The server.")
    interface Http {

        @WithDefault("8080")
        @Range(min = "0", max = "65535")
        @Description("The port | 0 for any.")
        int port();

        @WithDefault("1MiB")
        long maxBodyBytes();

        @Description("How long a request may take.")
        Duration timeout();

        Optional<String> name();

        @WithDefault("json")
        Format format();

        List<Integer> retries();

        Map<String, String> levels();

        List<Node> nodes();
    }

    interface Node {
        String host();
    }

    @Test
    void printsEveryKeyWithItsValueAndOrigin() {
        Configuration configuration = Given.nothing()
                .application("chassis.http.timeout=1s", "chassis.http.levels.\"com.acme\"=DEBUG")
                .environment("CHASSIS_HTTP_PORT", "9090")
                .override("chassis.http.retries", "1,2")
                .load();
        configuration.bind(Http.class);
        StringBuilder printed = new StringBuilder();
        configuration.print(printed);

        assertThat(printed).hasToString("""
                chassis.config-file =  # not set
                chassis.http.format = json  # default
                chassis.http.levels.com.acme = DEBUG  # application.properties
                chassis.http.max-body-bytes = 1MiB  # default
                chassis.http.name =  # not set
                chassis.http.port = 9090  # environment variable CHASSIS_HTTP_PORT
                chassis.http.retries = 1,2  # command line
                chassis.http.timeout = 1s  # application.properties
                chassis.profile =  # not set
                """);
    }

    @Test
    void whatIsWrongIsShownAsItIs() {
        Configuration configuration =
                Given.nothing().override("chassis.http.port", "a").load();
        configuration.bind(Http.class);

        assertThat(configuration.entries())
                .contains(new Configuration.Entry("chassis.http.port", "a", "command line", false));
    }

    @Test
    void theReferenceListsEveryKey() {
        Configuration configuration = Given.nothing().load();
        configuration.declare(Http.class);

        assertThat(configuration.reference("chassis.http")).isEqualTo("""
                ## chassis.http

                The server.

                | Key | Environment variable | Type | Unit | Default | Range | Description |
                |---|---|---|---|---|---|---|
                | `chassis.http.format` | `CHASSIS_HTTP_FORMAT` | one of json, text | | `json` | | |
                | `chassis.http.levels.<name>` | `CHASSIS_HTTP_LEVELS_<NAME>` | text | | not set | | |
                | `chassis.http.max-body-bytes` | `CHASSIS_HTTP_MAX_BODY_BYTES` | size | bytes | `1MiB` | | |
                | `chassis.http.name` | `CHASSIS_HTTP_NAME` | text | | not set | | |
                | `chassis.http.nodes[<name>].host` | `CHASSIS_HTTP_NODES_<NAME>__HOST` | text | | required | | |
                | `chassis.http.port` | `CHASSIS_HTTP_PORT` | whole number | | `8080` | 0 to 65535 | The port \\| 0 for any. |
                | `chassis.http.retries` | `CHASSIS_HTTP_RETRIES` | list of whole number | | required | | |
                | `chassis.http.timeout` | `CHASSIS_HTTP_TIMEOUT` | duration | ms, s, m, h, d | required | | How long a request may take. |
                """);
    }

    @Test
    void theReferenceHasEveryPrefixInOrder() {
        Configuration configuration = Given.nothing().load();
        configuration.declare("zebras", Node.class);
        configuration.declare(Http.class);
        String whole = configuration.reference();

        assertThat(whole)
                .containsSubsequence(
                        configuration.reference("chassis"),
                        "\n" + configuration.reference("chassis.http"),
                        "\n" + configuration.reference("zebras"))
                .startsWith("## chassis\n")
                .endsWith(configuration.reference("zebras"));
        assertThat(configuration.reference("chassis.h")).isEmpty();
    }

    @Test
    void aTargetThatFailsIsToldAbout() {
        Writer broken = new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) throws IOException {
                throw new IOException("broken");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> Given.nothing().load().print(broken)).isInstanceOf(UncheckedIOException.class);
    }
}
