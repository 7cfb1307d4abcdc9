package dev.chassis.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.Chassis;
import dev.chassis.RunningService;
import dev.chassis.config.Configuration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Configurations whose values are in an emulator of AWS. */
class AwsParametersTest {

    private static final String HOSTILE = "a${more}$$\\$b}{:#,${ssm:/games/none}";

    private static MotoServer aws;
    private static SsmClient ssm;
    private static SecretsManagerClient secrets;

    interface Games {
        Optional<String> value();

        Map<String, String> many();
    }

    @BeforeAll
    static void startAws() {
        aws = MotoServer.start();
        ssm = SsmClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(aws.endpoint())
                .build();
        secrets = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(aws.endpoint())
                .build();
    }

    @AfterAll
    static void stopAws() {
        if (aws != null) {
            ssm.close();
            secrets.close();
            aws.close();
        }
    }

    @BeforeEach
    void fill() {
        put("/games/db", "first");
        put("/games/db", "second");
        put("/games/hostile", HOSTILE);
        put("plain", "p");
        secret(
                "games",
                "{\"username\":\"u\",\"password\":\"" + HOSTILE.replace("\\", "\\\\") + "\",\"port\":5432,\"on\":true,"
                        + "\"empty\":\"\",\"list\":[1],\"ratio\":0.1,\"none\":null}");
        secret("text", "no JSON: hunter2");
    }

    @AfterEach
    void forget() {
        aws.reset();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${ssm:/games/db}                        | second
            ${ssm:/games/db:1}                      | first
            ${ssm:plain}                            | p
            ${secret:games#username}                | u
            ${secret:games#port}                    | 5432
            ${secret:games#on}                      | true
            ${secret:text}                          | no JSON: hunter2
            u=${secret:games#username}:${ssm:plain} | u=u:p
            """)
    void theyAreRead(String text, String expected) {
        assertThat(load(Map.of("games.value", text)).bind("games", Games.class).value())
                .contains(expected);
    }

    @Test
    void anArnIsAName() {
        String secret =
                secrets.describeSecret(request -> request.secretId("games")).arn();

        assertThat(value("${secret:" + secret + "#username}")).contains("u");
    }

    @Test
    void everyCharacterStandsForItself() {
        assertThat(value("${ssm:/games/hostile}")).contains(HOSTILE);
        assertThat(value("${secret:games#password}")).contains(HOSTILE);
        assertThat(value("x${ssm:/games/hostile}y${secret:games#password}")).contains("x" + HOSTILE + "y" + HOSTILE);
    }

    @Test
    void moreThanACallTakesAreRead() {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < 25; i++) {
            put("/games/many/" + i, "value " + i);
            values.put("games.many." + i, "${ssm:/games/many/" + i + "}");
        }

        assertThat(load(values).bind("games", Games.class).many())
                .hasSize(25)
                .allSatisfy((key, value) -> assertThat(value).isEqualTo("value " + key));
    }

    @Test
    void aPathIsALayerWithAllItsPages() {
        for (int i = 0; i < 25; i++) {
            put("/below/games/many/" + i, "value " + i);
        }
        put("/below/games/value", HOSTILE);
        Configuration configuration = load(Map.of("chassis.parameters.path", "/below"));
        Games games = configuration.bind("games", Games.class);

        assertThat(games.value()).contains(HOSTILE);
        assertThat(games.many()).hasSize(25).containsEntry("17", "value 17");
        assertThatCode(configuration::verify).doesNotThrowAnyException();
        assertThat(configuration.entries())
                .contains(new Configuration.Entry("games.value", "*****", "ssm:/below/games/value", false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${ssm:/games/none}       | ssm:/games/none to exist in eu-west-1; create it, or correct the name or the region
            ${ssm:/games/db:9}       | ssm:/games/db:9 to exist in eu-west-1; create it, or correct the name or the region
            ${secret:none}           | secret:none to be readable: ResourceNotFoundException: Secrets Manager can't find the specified secret
            ${secret:games#none}     | secret:games#none to be text, a whole number or a boolean in a JSON object; it has no such member
            ${secret:games#nothing}  | secret:games#nothing to be text, a whole number or a boolean in a JSON object; it has no such member
            ${secret:games#list}     | secret:games#list to be text, a whole number or a boolean in a JSON object; the member is something else
            ${secret:games#ratio}    | secret:games#ratio to be text, a whole number or a boolean in a JSON object; the member is something else
            ${secret:text#password}  | secret:text to be a JSON object, because #password asks for a member; it is none
            ${secret:bytes}          | secret:bytes to be text (SecretString): it is bytes (SecretBinary)
            """)
    void whatCannotBeReadIsOneProblem(String text, String expected) {
        secrets.createSecret(request -> request.name("bytes").secretBinary(SdkBytes.fromUtf8String("hunter2")));
        Configuration configuration = load(Map.of("games.value", text));
        configuration.bind("games", Games.class);

        assertThatThrownBy(configuration::verify)
                .message()
                .startsWith("the configuration has 1 problem:\n  games.value from command line (expected: " + expected)
                .doesNotContain("hunter2");
    }

    @Test
    void anEmptyPathIsAProblem() {
        Configuration configuration = load(Map.of("chassis.parameters.path", "/nothing/here"));

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining(
                        "chassis.parameters.path = \"/nothing/here\" from command line (expected: ssm:/nothing/here/ to have a"
                                + " parameter below it in eu-west-1");
    }

    /** One that is missing keeps nobody else's value away. */
    @Test
    void othersAreReadBesideOneThatIsMissing() {
        Configuration configuration =
                load(Map.of("games.value", "${ssm:/games/db}", "games.many.a", "${ssm:/games/none}"));
        configuration.bind("games", Games.class);

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("1 problem")
                .hasMessageContaining("games.many.a");
        assertThat(configuration.settings("games")).containsEntry("value", "second");
    }

    @Test
    void aServiceNeverTellsThem() throws Exception {
        Map<String, String> settings = settings(Map.of(
                "chassis.http.port",
                "0",
                "chassis.admin.port",
                "0",
                "games.value",
                "${secret:text}",
                "chassis.drain.announce",
                "0s"));
        String[] read = new String[1];
        try (RunningService service = Chassis.start("games", settings, listed -> {
            read[0] = listed.config("games", Games.class).value().orElseThrow();
        })) {
            assertThat(read[0]).isEqualTo("no JSON: hunter2");
            URI config = URI.create("http://127.0.0.1:" + service.adminPort() + "/config");
            String shown = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(config).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(shown).contains("games.value", "secret:text", "*****").doesNotContain("hunter2");
        }
    }

    private static Optional<String> value(String text) {
        return load(Map.of("games.value", text)).bind("games", Games.class).value();
    }

    private static Configuration load(Map<String, String> more) {
        return Configuration.load(Map.of(), Map.of(), settings(more));
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("chassis.parameters.endpoint", aws.endpoint().toString());
        return all;
    }

    private static void put(String name, String value) {
        ssm.putParameter(request -> request.name(name)
                .value(value)
                .type(ParameterType.SECURE_STRING)
                .overwrite(true));
    }

    private static void secret(String name, String value) {
        secrets.createSecret(request -> request.name(name).secretString(value));
    }
}
