package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts while the store is away, with and without the file of what was read last. */
class LastKnownTest {

    private static final String HOSTILE = "a${x}$\\u0041\n#=: ü\t\"";

    @TempDir
    Path directory;

    private Path file;

    interface Db {
        Optional<String> user();

        Optional<String> password();
    }

    @BeforeEach
    void name() {
        file = directory.resolve("last-known");
    }

    @Test
    void theyAreReadAgainWhileTheStoreIsAwayAndThatIsAWarning() throws Exception {
        assertThat(load(given()).warnings()).isEmpty();
        readAt(Instant.now().minus(Duration.ofMinutes(90)));

        Configuration configuration = load(given().away("ssm:/user", "secret:db#password"));

        assertThat(configuration.bind("db", Db.class).user()).contains("u");
        assertThat(configuration.bind("db", Db.class).password()).contains(HOSTILE);
        assertThatCode(configuration::verify).doesNotThrowAnyException();
        assertThat(configuration.warnings())
                .singleElement()
                .asString()
                .contains("values that were read 1 h ago are used, from " + file)
                .contains("[secret:db#password, ssm:/user]", "expected: an answer for ")
                .doesNotContain(HOSTILE);
    }

    @Test
    void theyAreSecretsStill() {
        load(given());
        Configuration configuration = load(given().away("ssm:/user"));
        configuration.bind("db", Db.class);

        assertThat(configuration.entries())
                .contains(new Configuration.Entry("db.user", "*****", "application.properties, ssm:/user", false));
    }

    @Test
    void aPathIsALayerStill() {
        Given before = below();
        before.load();
        Configuration configuration = below().away("ssm:/below/").load();

        assertThat(configuration.bind("db", Db.class).user()).contains("below");
        assertThat(configuration.warnings()).hasSize(1);
        assertThatCode(configuration::verify).doesNotThrowAnyException();
    }

    @Test
    void whatCanBeReadIsNew() {
        load(given());
        Configuration configuration = load(given().parameter("ssm:/user", "new").away("secret:db#password"));

        assertThat(configuration.bind("db", Db.class).user()).contains("new");
        assertThat(configuration.bind("db", Db.class).password()).contains(HOSTILE);
    }

    @Test
    void whatIsMissingIsAProblemThoughItIsKept() {
        load(given());
        Configuration configuration = load(Given.nothing()
                .application("db.user=${ssm:/user}")
                .parameter("secret:db#password", "p")
                .away("secret:db#password"));

        assertThatThrownBy(verified(configuration))
                .hasMessageContaining("1 problem")
                .hasMessageContaining("db.user from application.properties (expected: ssm:/user to exist)");
    }

    @Test
    void whatIsTooOldIsAProblem() throws Exception {
        load(given());
        readAt(Instant.now().minus(Duration.ofHours(25)));

        assertThatThrownBy(verified(load(given().away("ssm:/user"))))
                .hasMessageContaining("1 problem")
                .hasMessageContaining(
                        "db.user from application.properties (expected: an answer for ssm:/user; the values kept in "
                                + file + " were read at ")
                .hasMessageContaining("longer ago than chassis.parameters.cache-max-age");
        assertThatCode(verified(load(given().away("ssm:/user").override("chassis.parameters.cache-max-age", "26h"))))
                .doesNotThrowAnyException();
    }

    @Test
    void whatWasNeverReadIsAProblem() {
        assertThatThrownBy(verified(load(given().away("ssm:/user"))))
                .hasMessageContaining("an answer for ssm:/user; no values are kept in " + file + " yet");

        load(given());
        assertThatThrownBy(verified(load(given().application("db.user=${ssm:/other}")
                        .parameter("ssm:/other", "x")
                        .away("ssm:/other"))))
                .hasMessageContaining("an answer for ssm:/other; none is kept in " + file);
    }

    @Test
    void theFileIsForItsOwnerAloneAndTheOnlyOne() throws Exception {
        load(given());
        load(given());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aReadingThatFailsKeepsNothingAndTakesNothingAway() throws Exception {
        load(given());
        String before = Files.readString(file);
        load(given().parameter("ssm:/user", "new").away("secret:db#password"));

        assertThat(Files.readString(file)).isEqualTo(before);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw-rw-rw-", "rw--w----", "rw----r--"})
    void aFileOfOthersIsRefusedEvenWhileTheStoreIsThere(String permissions) throws Exception {
        load(given());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(verified(load(given())))
                .hasMessageContaining("1 problem")
                .hasMessageContaining(
                        "chassis.parameters.cache-file = \"" + file + "\" from command line (expected: a file that ")
                .hasMessageContaining("alone may read and write, rw-------; it is " + permissions)
                .hasMessageContaining("change those, and delete it");
    }

    @Test
    void aLinkIsRefused() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        Files.createSymbolicLink(file, elsewhere);

        assertThatThrownBy(verified(load(given()))).hasMessageContaining("alone may read and write");
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNotThereIsRefusedByTheNameOfTheKey() {
        file = directory.resolve("none").resolve("last-known");

        assertThatThrownBy(verified(load(given())))
                .hasMessageContaining("1 problem")
                .hasMessageContaining(
                        "chassis.parameters.cache-file = \"" + file
                                + "\" from command line (expected: a file in a directory"
                                + " that is there and can be written to: there is none; where the root file system is read-only, name one on a volume");
    }

    @Test
    void aFileOfSomethingElseIsRefusedWithoutTellingIt() throws Exception {
        load(given());
        Files.writeString(file, "hunter2=\\u00", StandardCharsets.UTF_8);

        assertThatThrownBy(verified(load(given().away("ssm:/user"))))
                .hasMessageContaining("chassis.parameters.cache-file")
                .hasMessageContaining("a file that this service has written; delete it")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void withoutTheKeyNothingIsKept() throws Exception {
        given().load();

        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private void readAt(Instant time) throws IOException {
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replaceFirst("(?m)^read=.*$", "read=" + time.toString().replace(":", "\\\\:")));
    }

    private static ThrowingCallable verified(Configuration configuration) {
        configuration.bind("db", Db.class);
        return configuration::verify;
    }

    private Configuration load(Given given) {
        return given.override("chassis.parameters.cache-file", file.toString()).load();
    }

    private Given below() {
        return Given.nothing()
                .override("chassis.parameters.cache-file", file.toString())
                .override("chassis.parameters.path", "/below/")
                .parameter("ssm:/below/db/user", "below");
    }

    private static Given given() {
        return Given.nothing()
                .application("db.user=${ssm:/user}", "db.password=${secret:db#password}")
                .parameter("ssm:/user", "u")
                .parameter("secret:db#password", HOSTILE);
    }
}
