package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.WithDefault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that name parameters, over a store in memory; the one of AWS is tested in chassis-aws. */
class ParametersTest {

    private static final String HOSTILE = "a${db.user}$$\\$b}{:#,${ssm:/x}${secret:y}\\";

    @TempDir
    Path directory;

    interface Db {
        Optional<String> user();

        Optional<String> url();

        Optional<Integer> port();
    }

    interface WithParameterAsDefault {
        @WithDefault("${ssm:/x}")
        String user();
    }

    @BeforeEach
    void nothingWasAsked() {
        GivenStore.requests();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${ssm:/x}                      | X
            ${ssm:/x                       | X
            a${ssm:/x}b${secret:y}c        | aXbYc
            ${secret:y#password}           | P
            ${secret:y#a member: of it}    | M
            ${ssm:/x:3}                    | third
            ${ssm:arn:aws:ssm:eu-west-1:1:parameter/x} | ARN
            ${unset:${ssm:/x}}             | X
            ${a}-${ssm:/x}                 | A-X
            ${via}                         | via X
            \\${ssm:/x}                    | ${ssm:/x}
            $${ssm:/x}                     | ${ssm:/x}
            ${ssmx:/x}                     | /x
            """)
    void theyAreRead(String text, String expected) {
        Configuration configuration = given().parameter("secret:y#a member: of it", "M")
                .parameter("ssm:/x:3", "third")
                .parameter("ssm:arn:aws:ssm:eu-west-1:1:parameter/x", "ARN")
                .application("db.url=" + text.replace("\\", "\\\\"), "a=A", "via=via ${ssm:/x}")
                .load();

        assertThat(configuration.bind("db", Db.class).url()).contains(expected);
        assertThatCode(configuration::verify).doesNotThrowAnyException();
    }

    @Test
    void everyLayerMayNameThem() throws Exception {
        Path file = Files.writeString(directory.resolve("extra.properties"), "db.url=${ssm:/x}");
        assertThat(url(given().environment("DB_URL", "${ssm:/x}"))).contains("X");
        assertThat(url(given().systemProperty("db.url", "${ssm:/x}"))).contains("X");
        assertThat(url(given().override("db.url", "${ssm:/x}"))).contains("X");
        assertThat(url(given().override("chassis.config-file", file.toString())))
                .contains("X");
    }

    @Test
    void aVariableIsOneNameAndNothingElseBecausePasswordsMayLookLikeExpressions() {
        assertThat(url(given().environment("DB_URL", "a${ssm:/x}"))).contains("a${ssm:/x}");
        assertThat(url(given().environment("DB_URL", "${ssm:/x}${ssm:/x}"))).contains("${ssm:/x}${ssm:/x}");
        assertThat(GivenStore.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${ssm:/hostile}", "${unset:${ssm:/hostile}}", "${other}"})
    void whatWasReadIsNotExpandedAgain(String text) {
        Given given = given().parameter("ssm:/hostile", HOSTILE)
                .application("db.url=" + text, "db.user=u", "other=${ssm:/hostile}");

        assertThat(url(given)).contains(HOSTILE);
    }

    @Test
    void aVariableWhoseParameterIsHostileIsNotExpandedAgain() {
        assertThat(url(given().parameter("ssm:/hostile", HOSTILE).environment("DB_URL", "${ssm:/hostile}")))
                .contains(HOSTILE);
    }

    @Test
    void theyAreSecretsAndTellWhereTheyComeFrom() {
        Configuration configuration = given().application("db.url=x${ssm:/x}${via}", "db.user=u", "via=${secret:y}")
                .environment("DB_PORT", "${secret:y#port}")
                .load();
        configuration.bind("db", Db.class);
        StringBuilder printed = new StringBuilder();
        configuration.print(printed);

        assertThat(printed)
                .contains(
                        "db.url = *****  # application.properties, ssm:/x, secret:y\n",
                        "db.port = *****  # environment variable DB_PORT, secret:y#port\n",
                        "db.user = u  # application.properties\n");
    }

    @Test
    void aValueThatIsWrongIsNotTold() {
        Configuration configuration = given().application("db.port=${ssm:/x}").load();
        configuration.bind("db", Db.class);

        assertThatThrownBy(configuration::verify)
                .hasMessage(
                        "the configuration has 1 problem:\n  db.port = \"*****\" from application.properties, ssm:/x"
                                + " (expected: a whole number, below 2^31)");
    }

    @Test
    void whatCannotBeReadIsOneProblemForEachKeyBesideAllOthers() {
        Configuration configuration = given().application(
                        "db.user=a:hunter2@${ssm:/none}", "db.port=x", "more=${secret:none#m}")
                .environment("DB_URL", "${secret:none}")
                .load();
        configuration.bind("db", Db.class);
        configuration.bind("", More.class);

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("4 problems")
                .hasMessageContaining("db.user from application.properties (expected: ssm:/none to exist)")
                .hasMessageContaining("db.url from environment variable DB_URL (expected: secret:none to exist)")
                .hasMessageContaining("more from application.properties (expected: secret:none#m to exist)")
                .hasMessageContaining("db.port = \"x\"")
                .message()
                .doesNotContain("hunter2");
    }

    interface More {
        String more();
    }

    @Test
    void theyAreReadAllAtOnceAndEachOnce() {
        given().application("db.url=${ssm:/x}${secret:y}", "db.user=${ssm:/x}", "chassis.parameters.timeout=3s")
                .environment("DB_PORT", "${secret:y#port}")
                .load();

        assertThat(GivenStore.requests()).singleElement().satisfies(request -> {
            assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(request.references())
                    .extracting(ParameterStore.Reference::toString)
                    .containsExactlyInAnyOrder("ssm:/x", "secret:y", "secret:y#port");
        });
    }

    @Test
    void whatAHigherLayerHidesIsNotRead() {
        Given given = given().application("db.url=${ssm:/none}", "db.user=${ssm:/none}", "db.port=${ssm:/none}")
                .environment("DB_URL", "local")
                .systemProperty("db.user", "")
                .environment("DB_PORT", "${ssm:/none}")
                .override("db.port", "7");

        assertThat(url(given)).contains("local");
        assertThat(GivenStore.requests()).isEmpty();
    }

    @Test
    void nothingIsAskedWhenNothingNamesOne() {
        assertThat(url(given().application("db.url=${x:ssm:/x}", "db.user=ssm:/x")))
                .contains("ssm:/x");
        assertThat(GivenStore.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${ssm:}", "${ssm:/${a}}", "${ssm:a b}", "${secret:}", "${secret:y#}", "${secret:a b}"})
    void aNameThatCannotBeOneIsAProblem(String text) {
        Configuration configuration =
                given().application("db.url=" + text, "a=A").load();
        configuration.bind("db", Db.class);

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("db.url from application.properties (expected: ${ssm:/name}, ${secret:name} or ");
        assertThat(GivenStore.requests()).isEmpty();
    }

    @Test
    void withoutChassisAwsItIsNamed() {
        Configuration configuration =
                Given.nothing().application("db.url=${ssm:/x}").load();
        configuration.bind("db", Db.class);

        assertThatThrownBy(configuration::verify)
                .hasMessage(
                        "the configuration has 1 problem:\n  db.url from application.properties (expected: ssm:/x to be read by"
                                + " chassis-aws: add the dependency dev.chassis:chassis-aws)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"chassis.profile", "chassis.config-file", "chassis.parameters.path", "chassis.parameters.region"
            })
    void keysThatAreNeededEarlierMayNotBeParameters(String key) {
        for (Given given : List.of(
                given().override(key, "${ssm:/x}"),
                given().environment(Keys.environmentName(key), "${ssm:/x}").application("a=${ssm:/x}"))) {
            Configuration configuration = given.load();

            assertThatThrownBy(configuration::verify)
                    .hasMessageContaining("1 problem")
                    .hasMessageContaining(key + " from")
                    .hasMessageContaining("no expression of a parameter");
        }
    }

    @Test
    void aDefaultMayNotBeOne() {
        Configuration configuration = given().load();
        configuration.bind("db", WithParameterAsDefault.class);

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("db.user from default (expected: no expression of a parameter");
    }

    @Test
    void noneIsReadWhileTheirOwnKeysAreWrong() {
        Configuration configuration = given().application("db.url=${ssm:/x}", "chassis.parameters.timeout=soon")
                .load();
        configuration.bind("db", Db.class);

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("chassis.parameters.timeout = \"soon\"")
                .hasMessageContaining(
                        "db.url from application.properties (expected: ssm:/x to be read, which waits for");
        assertThat(GivenStore.requests()).isEmpty();
    }

    @Test
    void switchedOffTheyAreAsGoodAsNotSet() {
        Configuration configuration = given().application("db.url=${ssm:/none}", "chassis.parameters.path=/below/")
                .override("chassis.parameters.enabled", "false")
                .load();

        assertThat(configuration.bind("db", Db.class).url()).isEmpty();
        assertThatCode(configuration::verify).doesNotThrowAnyException();
        assertThat(GivenStore.requests()).isEmpty();
    }

    @Test
    void aPathIsALayerOverTheFilesAndUnderTheEnvironment() {
        Configuration configuration = below().application(
                        "chassis.parameters.path=/below", "db.url=file", "db.user=file", "db.port=1")
                .environment("DB_USER", "environment")
                .load();
        Db db = configuration.bind("db", Db.class);
        StringBuilder printed = new StringBuilder();
        configuration.print(printed);

        assertThat(db.url()).contains(HOSTILE);
        assertThat(db.user()).contains("environment");
        assertThat(db.port()).contains(1);
        assertThat(printed)
                .contains(
                        "db.url = *****  # ssm:/below/db/url\n",
                        "db.user = environment  #",
                        "db.port = 1  # application")
                .doesNotContain(HOSTILE);
        assertThatCode(configuration::verify).doesNotThrowAnyException();
    }

    @Test
    void aKeyThatNamesOneOfThePathIsASecretToo() {
        Configuration configuration = below().application("chassis.parameters.path=/below/", "more=x${db.url}")
                .load();

        assertThat(configuration.bind("", More.class).more()).isEqualTo("x" + HOSTILE);
        assertThat(configuration.entries())
                .contains(new Configuration.Entry("more", "*****", "application.properties, ssm:/below/db/url", false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /below/db/prot         | db.prot from ssm:/below/ (expected: a key that is known; did you mean db.port?)
            /below/db.url          | no two parameters for key db.url: ssm:/below/db.url and ssm:/below/db/url
            /below/chassis/profile | no parameter ssm:/below/chassis/profile: such a key is needed before parameters are read
            """)
    void aPathWithNamesThatAreNoKeysIsAProblem(String name, String expected) {
        Configuration configuration = below().parameter("ssm:" + name, "hunter2")
                .override("chassis.parameters.path", "/below/")
                .load();
        configuration.bind("db", Db.class);

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("1 problem")
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void aPathBeginsWithASlash() {
        Configuration configuration =
                below().override("chassis.parameters.path", "below/").load();

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("chassis.parameters.path = \"below/\" from command line (expected: a path of");
        assertThat(GivenStore.requests()).isEmpty();
    }

    private static Optional<String> url(Given given) {
        return given.load().bind("db", Db.class).url();
    }

    private static Given below() {
        return Given.nothing().parameter("ssm:/below/db/url", HOSTILE).parameter("ssm:/below/db/user", "below");
    }

    private static Given given() {
        return Given.nothing()
                .parameter("ssm:/x", "X")
                .parameter("secret:y", "Y")
                .parameter("secret:y#password", "P")
                .parameter("secret:y#port", "5432");
    }
}
