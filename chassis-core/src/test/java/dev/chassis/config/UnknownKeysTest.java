package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {

    @ConfigMapping(prefix = "chassis.http")
    interface Http {

        @WithDefault("8080")
        int port();

        @WithDefault("1MiB")
        long maxBodyBytes();

        @WithDefault("75s")
        Duration keepAlive();
    }

    @ConfigMapping(prefix = "chassis.log")
    interface Log {
        Map<String, String> levels();
    }

    @ConfigMapping(prefix = "db")
    interface Db {
        Optional<String> url();

        Optional<String> hostName();

        Optional<String> password();
    }

    @ParameterizedTest
    @CsvSource({
        "chassis.http.prot,           chassis.http.port",
        "chassis.http.max-body-size,  chassis.http.max-body-bytes",
        "chassis.http.keepAlive,      chassis.http.keep-alive",
        "chassis.port,                chassis.http.port",
        "chassis.html.port,           chassis.http.port",
        "chasis.http.port,            chassis.http.port",
        "db.pasword,                  db.password"
    })
    void anUnknownKeyInAFileIsAProblemWithASuggestion(String unknown, String meant) {
        assertThatThrownBy(() -> verify(Given.nothing().application(unknown + "=hunter2")))
                .hasMessage("the configuration has 1 problem:\n  " + unknown
                        + " from application.properties (expected: a key that is known; did you mean " + meant + "?)");
    }

    @Test
    void aKeyThatResemblesNothingGetsNoSuggestion() {
        assertThatThrownBy(() -> verify(Given.nothing().application("chassis.http.foo=1")))
                .hasMessage("the configuration has 1 problem:\n"
                        + "  chassis.http.foo from application.properties (expected: a key that is known)");
    }

    @Test
    void aKeyOutsideEveryPrefixIsNobodysBusiness() {
        assertThatCode(() -> verify(Given.nothing().application("quarkus.http.port=1", "other=2")))
                .doesNotThrowAnyException();
    }

    @Test
    void onTheCommandLineEveryKeyMustBeKnown() {
        assertThatThrownBy(() -> verify(Given.nothing().override("other", "2")))
                .hasMessage("the configuration has 1 problem:\n"
                        + "  other from command line (expected: a key that is known)");
    }

    @ParameterizedTest
    @CsvSource({
        "CHASSIS_HTTP_PROT,          CHASSIS_HTTP_PORT",
        "CHASSIS_HTTP_MAXBODYBYTES,  CHASSIS_HTTP_MAX_BODY_BYTES",
        "DB_HOSTNAME,                DB_HOST_NAME",
        "DB_PASWORD,                 DB_PASSWORD",
        "CHASIS_HTTP_PORT,           CHASSIS_HTTP_PORT",
        "CHASSIIS_PROFILE,           CHASSIS_PROFILE"
    })
    void anUnknownVariableIsAProblemWithASuggestion(String unknown, String meant) {
        assertThatThrownBy(() -> verify(Given.nothing().environment(unknown, "hunter2")))
                .hasMessage("the configuration has 1 problem:\n  " + unknown
                        + " from the environment (expected: a key that is known; did you mean " + meant + "?)");
    }

    @Test
    void everyVariableOfTheChassisMustBeKnown() {
        assertThatThrownBy(() -> verify(Given.nothing().environment("CHASSIS_SOMETHING", "1")))
                .hasMessage("the configuration has 1 problem:\n"
                        + "  CHASSIS_SOMETHING from the environment (expected: a key that is known)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_URI",
                "DB_PORT",
                "DB_USER",
                "DBA",
                "PATH",
                "chassis_http_prot",
                "CHAOS_HTTP_PORT",
                "HTTP_PORT"
            })
    void variablesThatOthersSetStopNothing(String name) {
        assertThatCode(() -> verify(Given.nothing().environment(name, "1"))).doesNotThrowAnyException();
    }

    /** They are set for the tests of services, which run in the same process. */
    @ParameterizedTest
    @ValueSource(strings = {"CHASSIS_DEV_SERVICES", "CHASSIS_REQUIRE_SERVERS"})
    void variablesOfTheDevServicesStopNothing(String name) {
        assertThatCode(() -> verify(Given.nothing().environment(name, "local"))).doesNotThrowAnyException();
    }

    @Test
    void systemPropertiesOfTheChassisMustBeKnownAndOthersMustNotBeSlips() {
        Given given = Given.nothing()
                .systemProperty("chassis.foo", "1")
                .systemProperty("chasis.http.port", "1")
                .systemProperty("db.host-nam", "1")
                .systemProperty("db.other", "1")
                .systemProperty("dbb.host-name", "1")
                .systemProperty("java.version", "17");

        assertThatThrownBy(() -> verify(given)).hasMessage("""
                        the configuration has 3 problems:
                          chasis.http.port from system property (expected: a key that is known; did you mean chassis.http.port?)
                          chassis.foo from system property (expected: a key that is known)
                          db.host-nam from system property (expected: a key that is known; did you mean db.host-name?)""");
    }

    @Test
    void keysOfAMapAreKnownWhateverTheirNames() {
        assertThatCode(() -> verify(Given.nothing()
                        .application("chassis.log.levels.\"com.acme\"=DEBUG", "chassis.log.levels.root=INFO")
                        .environment("CHASSIS_LOG_LEVELS_ORG_ACME", "INFO")
                        .environment("CHASSIS_LOG_LEVELS__NET_ACME_", "INFO")))
                .doesNotThrowAnyException();
    }

    @Test
    void declaredKeysAreKnownWithoutBeingRead() {
        Configuration configuration =
                Given.nothing().application("chassis.http.port=not read").load();
        configuration.declare(Http.class);

        assertThatCode(configuration::verify).doesNotThrowAnyException();
        assertThat(configuration.entries()).extracting(Configuration.Entry::key).doesNotContain("chassis.http.port");
    }

    @Test
    void variablesThatAnExpressionAsksForAreKnown() {
        assertThatCode(() -> verify(Given.nothing()
                        .application("db.url=jdbc:x://${CHASSIS_DB_SERVER}")
                        .environment("CHASSIS_DB_SERVER", "h")))
                .doesNotThrowAnyException();
    }

    @Test
    void keysThatAnExpressionAsksForAreKnown() {
        assertThatCode(() -> verify(Given.nothing()
                        .application("db.url=jdbc:x://${db.server}", "db.server=h")
                        .override("db.server", "i")))
                .doesNotThrowAnyException();
    }

    @Test
    void removedKeysAreAWarningNeverAProblem() {
        Given given = Given.nothing()
                .environment("CHASSIS_HTTP_PORTS", "1")
                .application("chassis.old=2")
                .removed("chassis.http.ports", "use chassis.http.port")
                .removed("chassis.old", "it is always on")
                .removed("chassis.unset", "use nothing");
        Configuration configuration = given.load();
        configuration.declare(Http.class);

        assertThatCode(configuration::verify).doesNotThrowAnyException();
        assertThat(configuration.warnings())
                .containsExactly(
                        "chassis.http.ports from environment variable CHASSIS_HTTP_PORTS has no effect any more;"
                                + " use chassis.http.port",
                        "chassis.old from application.properties has no effect any more; it is always on");
    }

    private static void verify(Given given) {
        Configuration configuration = given.load();
        configuration.bind(Http.class);
        configuration.bind(Log.class);
        configuration.bind(Db.class);
        configuration.verify();
    }
}
