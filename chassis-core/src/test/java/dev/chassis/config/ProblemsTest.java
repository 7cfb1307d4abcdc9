package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {

    enum Mode {
        READ_ONLY,
        READ_WRITE
    }

    interface Values {

        @WithDefault("8080")
        @Range(min = "0", max = "65535")
        int port();

        @WithDefault("1")
        int threads();

        @WithDefault("1")
        @Range(min = "1")
        long attempts();

        @WithDefault("0.5")
        @Range(max = "1")
        double ratio();

        @WithDefault("true")
        boolean enabled();

        @WithDefault("10s")
        @Range(min = "100ms", max = "1m")
        Duration timeout();

        @WithDefault("1MiB")
        @Range(max = "1GiB")
        long maxBytes();

        @WithDefault("read-only")
        Mode mode();

        @WithDefault("http://localhost")
        URI url();

        @WithDefault("1,2")
        List<Integer> ports();

        Optional<Integer> limit();
    }

    interface Required {
        String name();

        URI url();
    }

    @ConfigMapping(prefix = "chassis.http")
    interface Http {

        @WithDefault("8080")
        int port();

        @WithDefault("75s")
        Duration keepAlive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            port      | 80a        | a whole number, 0 to 65535
            port      | 65536      | a whole number, 0 to 65535
            port      | -1         | a whole number, 0 to 65535
            threads   | 2147483648 | a whole number, below 2^31
            threads   | 1KiB       | a whole number, below 2^31
            threads   | 1.5        | a whole number, below 2^31
            attempts  | 0          | a whole number, at least 1
            attempts  | many       | a whole number, at least 1
            ratio     | 1.1        | a number, at most 1
            ratio     | NaN        | a number, at most 1
            enabled   | ja         | true or false
            timeout   | 10         | a duration with its unit: 250ms, 10s, 1m30s or PT10S, 100ms to 1m
            timeout   | 99ms       | a duration with its unit: 250ms, 10s, 1m30s or PT10S, 100ms to 1m
            timeout   | 2m         | a duration with its unit: 250ms, 10s, 1m30s or PT10S, 100ms to 1m
            max-bytes | 10MB       | a number of bytes: 65536, 64KiB, 1MiB or 1GiB, at most 1GiB
            max-bytes | 2GiB       | a number of bytes: 65536, 64KiB, 1MiB or 1GiB, at most 1GiB
            mode      | write-only | one of read-only, read-write
            url       | http://a b | a URI
            ports     | 1,b        | values separated by commas, each a whole number, below 2^31
            ports     | ,          | values separated by commas, each a whole number, below 2^31
            limit     | none       | a whole number, below 2^31
            """)
    void aWrongValueIsAProblemWithKeyValueOriginAndWhatIsAllowed(String key, String value, String expected) {
        Configuration configuration =
                Given.nothing().application("orders." + key + "=" + value).load();
        configuration.bind("orders", Values.class);

        assertThat(problems(configuration))
                .containsExactly(new Problem("orders." + key, value, "application.properties", expected));
    }

    @ParameterizedTest
    @CsvSource({"port, 0", "port, 65535", "timeout, 100ms", "timeout, 1m", "ratio, 1", "max-bytes, 1GiB"})
    void bothEndsOfARangeAreAllowed(String key, String value) {
        Configuration configuration =
                Given.nothing().application("orders." + key + "=" + value).load();
        configuration.bind("orders", Values.class);

        assertThatCode(configuration::verify).doesNotThrowAnyException();
    }

    @Test
    void aProblemIsOneLine() {
        assertThat(new Problem("orders.port", "80a", "environment variable ORDERS_PORT", "a whole number"))
                .hasToString("orders.port = \"80a\" from environment variable ORDERS_PORT (expected: a whole number)");
        assertThat(new Problem("orders.port", "", "", "a whole number"))
                .hasToString("orders.port is not set (expected: a whole number)");
        assertThat(new Problem("orders.prt", "", "application.properties", "a key that is known"))
                .hasToString("orders.prt from application.properties (expected: a key that is known)");
    }

    @Test
    void aValueOfSeveralLinesStaysOnOne() {
        Configuration configuration =
                Given.nothing().environment("ORDERS_PORT", "1\n2\u001b[1m").load();
        configuration.bind("orders", Values.class);

        assertThat(problems(configuration)).extracting(Problem::value).containsExactly("1\\n2\\u001b[1m");
    }

    @Test
    void everythingIsReportedAtOnce() {
        Configuration configuration = Given.nothing()
                .application("orders.port=80a", "chassis.htpp.port=1")
                .environment("CHASSIS_HTTP_PORT", "x")
                .environment("CHASSIS_HTTP_PROT", "1")
                .load();
        configuration.bind("orders", Values.class);
        configuration.bind("customers", Required.class);
        configuration.bind(Http.class);
        configuration.problem("chassis.http.keep-alive", "more than chassis.http.idle-timeout, 80s");

        assertThatThrownBy(configuration::verify)
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        the configuration has 7 problems:
                          orders.port = "80a" from application.properties (expected: a whole number, 0 to 65535)
                          customers.name is not set (expected: text; environment variable CUSTOMERS_NAME)
                          customers.url is not set (expected: a URI; environment variable CUSTOMERS_URL)
                          chassis.http.port = "x" from environment variable CHASSIS_HTTP_PORT (expected: a whole number, below 2^31)
                          chassis.http.keep-alive = "75s" from default (expected: more than chassis.http.idle-timeout, 80s)
                          CHASSIS_HTTP_PROT from the environment (expected: a key that is known; did you mean CHASSIS_HTTP_PORT?)
                          chassis.htpp.port from application.properties (expected: a key that is known; did you mean chassis.http.port?)""");
    }

    @Test
    void aRuleBetweenKeysIsReportedWithTheCurrentValueAndItsOrigin() {
        Configuration configuration =
                Given.nothing().environment("CHASSIS_HTTP_KEEP_ALIVE", "60s").load();
        configuration.bind(Http.class);
        configuration.problem("chassis.http.keep-alive", "more than 65s");

        assertThat(problems(configuration))
                .containsExactly(new Problem(
                        "chassis.http.keep-alive",
                        "60s",
                        "environment variable CHASSIS_HTTP_KEEP_ALIVE",
                        "more than 65s"));
    }

    @Test
    void aMappingWithProblemsIsReturnedAndThrowsAllProblemsSoFar() {
        Configuration configuration =
                Given.nothing().override("orders.port", "a").load();
        Values values = configuration.bind("orders", Values.class);
        Required required = configuration.bind("customers", Required.class);

        assertThatThrownBy(values::threads).isInstanceOf(ConfigException.class);
        assertThatThrownBy(values::port)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the configuration has 3 problems:")
                .hasMessageContaining("orders.port")
                .hasMessageContaining("customers.name")
                .hasMessageContaining("customers.url");
        assertThatThrownBy(required::name).isInstanceOf(ConfigException.class);
    }

    @Test
    void whatIsBoundTwiceIsReportedOnce() {
        Configuration configuration = Given.nothing().load();
        configuration.bind("customers", Required.class);
        configuration.bind("customers", Required.class);

        assertThat(problems(configuration)).extracting(Problem::key).containsExactly("customers.name", "customers.url");
    }

    @Test
    void aDefaultThatBreaksItsOwnRuleIsAProblemToo() {
        Configuration configuration = Given.nothing().load();
        configuration.bind("orders", BadDefault.class);

        assertThat(problems(configuration))
                .containsExactly(new Problem("orders.size", "9", "default", "a whole number, at most 5"));
    }

    interface BadDefault {
        @WithDefault("9")
        @Range(max = "5")
        int size();
    }

    private static List<Problem> problems(Configuration configuration) {
        return catchThrowableOfType(ConfigException.class, configuration::verify)
                .problems();
    }
}
