package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.WithDefault;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {

    interface Db {
        String url();
    }

    interface Server {
        @WithDefault("${db.scheme:jdbc}:x")
        String name();

        Optional<String> zone();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x${a}y${b}           | xAyB
            ${a}${b}             | AB
            ${unset:c}           | c
            ${unset:}d           | d
            ${empty:c}           | c
            ${a:c}               | A
            ${chain}             | chainB
            ${unset:${b}}        | B
            ${unset:${unset:c}}  | c
            ${un${name}:c}       | c
            ${${pointer}}        | A
            ${unset:http://h:1}  | http://h:1
            \\${a}               | ${a}
            x\\${a}${a}          | x${a}A
            $a {b} $ } 100%      | $a {b} $ } 100%
            """)
    void expressionsAreExpanded(String text, String expected) {
        assertThat(db(text).load().bind("db", Db.class).url()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${unset}       | ${unset} to be set, or a default as in ${unset:default}
            ${empty}       | ${empty} to be set, or a default as in ${empty:default}
            ${a            | an expression that ends with }, or \\${ for the characters themselves
            ${db.url}      | no expression that leads back to itself: db.url
            ${loop}        | no expression that leads back to itself: db.url
            """)
    void anExpressionThatCannotBeExpandedIsAProblem(String text, String expected) {
        Configuration configuration = db(text).load();
        configuration.bind("db", Db.class);

        assertThatThrownBy(configuration::verify)
                .hasMessage("the configuration has 1 problem:\n  db.url = \"" + text
                        + "\" from application.properties (expected: " + expected + ")");
    }

    @Test
    void anExpressionSeesTheHighestLayerOfWhatItNames() {
        Given given = db("${a}").environment("A", "from the environment");

        assertThat(given.load().bind("db", Db.class).url()).isEqualTo("from the environment");
    }

    @Test
    void anExpressionMayNameAVariable() {
        Given given = db("jdbc://${DB_HOST}/x").environment("DB_HOST", "h");

        assertThat(given.load().bind("db", Db.class).url()).isEqualTo("jdbc://h/x");
    }

    @Test
    void theEnvironmentIsTakenLiterallyBecauseGeneratedPasswordsMayLookLikeExpressions() {
        Given direct = Given.nothing().environment("DB_URL", "x${a}\\${");
        Given referenced = db("${db.password}").environment("DB_PASSWORD", "x${a}");

        assertThat(direct.load().bind("db", Db.class).url()).isEqualTo("x${a}\\${");
        assertThat(referenced.load().bind("db", Db.class).url()).isEqualTo("x${a}");
    }

    @Test
    void defaultsMayContainExpressionsAndBeNamedByThem() {
        Configuration configuration =
                Given.nothing().application("db.url=${server.name}/y").load();
        configuration.declare("server", Server.class);

        assertThat(configuration.bind("db", Db.class).url()).isEqualTo("jdbc:x/y");
    }

    @Test
    void anOptionalValueWhoseExpressionIsEmptyIsAbsent() {
        Configuration configuration =
                Given.nothing().application("server.zone=${unset:}").load();

        assertThat(configuration.bind("server", Server.class).zone()).isEmpty();
    }

    private static Given db(String url) {
        return Given.nothing()
                .application(
                        "db.url=" + url.replace("\\", "\\\\"),
                        "a=A",
                        "b=B",
                        "empty=",
                        "chain=chain${b}",
                        "name=set",
                        "pointer=a",
                        "loop=${loop2}",
                        "loop2=${db.url}");
    }
}
