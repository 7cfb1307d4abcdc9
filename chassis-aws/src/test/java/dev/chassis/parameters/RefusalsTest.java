package dev.chassis.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.config.Configuration;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS that refuses, is throttled, is silent or is not there. */
class RefusalsTest {

    private FakeAws aws;

    interface Games {
        Map<String, String> value();
    }

    @BeforeEach
    void start() throws Exception {
        aws = new FakeAws();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${ssm:/games/db} | /games/db | ssm:GetParameters
            ${secret:games}  | games     | secretsmanager:GetSecretValue
            ${secret:games#password} | games | secretsmanager:GetSecretValue
            """)
    void aPermissionThatIsMissingIsNamed(String text, String name, String action) {
        String said = "User: arn:aws:sts::1:assumed-role/games/0e5f is not authorized to perform: " + action;
        aws.refuse(name, "AccessDeniedException", said);
        Configuration configuration = load(Map.of("games.value.a", text));

        assertThatThrownBy(configuration::verify)
                .hasMessage("the configuration has 1 problem:\n  games.value.a from command line (expected: "
                        + text.substring(2, text.length() - 1) + " to be readable: AccessDeniedException: " + said
                        + "; allow the task's role " + action
                        + " on it, and kms:Decrypt if a key of your own encrypts it)");
        assertThat(aws.calls()).hasSize(1);
    }

    @Test
    void aPermissionThatIsMissingForThePathIsNamed() {
        aws.refuse("/games/", "AccessDeniedException", "no");
        Configuration configuration = load(Map.of("chassis.parameters.path", "/games/"));

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("1 problem")
                .hasMessageContaining("chassis.parameters.path = \"/games/\"")
                .hasMessageContaining("allow the task's role ssm:GetParametersByPath on it");
    }

    @Test
    void oneParameterThatIsDeniedKeepsNoneOfItsCallAway() {
        aws.refuse("/denied", "AccessDeniedException", "not authorized");
        Map<String, String> values = new HashMap<>();
        values.put("games.value.denied", "${ssm:/denied}");
        for (int i = 0; i < 9; i++) {
            values.put("games.value.k" + i, "${ssm:/k" + i + "}");
        }
        Configuration configuration = load(values);

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("1 problem")
                .hasMessageContaining("games.value.denied from command line");
        assertThat(configuration.settings("games.value")).hasSize(9).containsEntry("k3", "value of /k3");
        assertThat(aws.calls()).hasSize(11);
    }

    /** moto takes no ARN here. */
    @Test
    void versionsAndArnsAreAskedForAlone() {
        String arn = "arn:aws:ssm:eu-west-1:111122223333:parameter/games/db";
        Configuration configuration = load(Map.of(
                "games.value.a", "${ssm:/a}", "games.value.v", "${ssm:/a:3}", "games.value.arn", "${ssm:" + arn + "}"));

        assertThat(configuration.settings("games.value"))
                .containsEntry("a", "value of /a")
                .containsEntry("v", "value of /a:3")
                .containsEntry("arn", "value of " + arn);
        assertThat(aws.calls()).hasSize(3);
    }

    @Test
    void aThrottledCallIsTriedAgain() {
        aws.throttle(3);
        Configuration configuration = load(Map.of("games.value.a", "${ssm:/a}"));

        assertThatCode(configuration::verify).doesNotThrowAnyException();
        assertThat(configuration.settings("games.value")).containsEntry("a", "value of /a");
        assertThat(aws.calls()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${ssm:/a}   | ssm:GetParameters
            ${secret:a} | secretsmanager:GetSecretValue
            """)
    void whatIsThrottledForGoodSaysSo(String text, String action) {
        aws.throttle(1000);
        Configuration configuration = load(Map.of("games.value.a", text));

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("1 problem")
                .hasMessageContaining("games.value.a from command line (expected: an answer for "
                        + text.substring(2, text.length() - 1)
                        + ", which was throttled 5 times (ThrottlingException: Rate exceeded); start fewer tasks at once, or raise the quota of "
                        + action);
        assertThat(aws.calls()).hasSize(5);
    }

    @Test
    void twentyParametersAndASecretAreThreeCalls() {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            values.put("games.value.k" + i, "${ssm:/k" + i + "}");
            values.put("games.value.again" + i, "${ssm:/k" + i + "}");
        }
        values.put("games.value.s", "${secret:s}");
        values.put("games.value.t", "x${secret:s}");

        assertThatCode(load(values)::verify).doesNotThrowAnyException();
        assertThat(aws.calls())
                .extracting(FakeAws.Call::action)
                .containsExactlyInAnyOrder(
                        "AmazonSSM.GetParameters", "AmazonSSM.GetParameters", "secretsmanager.GetSecretValue");
    }

    @Test
    void anAddressNobodyAnswersIsTold() throws Exception {
        String endpoint;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            endpoint = "http://127.0.0.1:" + nobody.getLocalPort();
        }
        Configuration configuration = load(Map.of(
                "games.value.a", "${ssm:/a}", "games.value.b", "${secret:b}", "chassis.parameters.endpoint", endpoint));

        assertThatThrownBy(configuration::verify)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("(expected: an answer for ssm:/a: ")
                .hasMessageContaining("Connection refused")
                .hasMessageContaining("let the task reach ssm of its region: by a NAT gateway, or a VPC endpoint")
                .hasMessageContaining("let the task reach secretsmanager of its region");
    }

    @Test
    void silenceEndsWithTheLimit() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Configuration configuration = load(Map.of(
                    "games.value.a",
                    "${ssm:/a}",
                    "games.value.b",
                    "${secret:b#c}",
                    "chassis.parameters.timeout",
                    "500ms",
                    "chassis.parameters.endpoint",
                    "http://127.0.0.1:" + silent.getLocalPort()));

            assertThatThrownBy(configuration::verify)
                    .hasMessageContaining("2 problems")
                    .hasMessageContaining(
                            "games.value.a from command line (expected: an answer for ssm:/a within 500 ms (chassis.parameters.timeout);")
                    .hasMessageContaining("an answer for secret:b#c within 500 ms");
        }
    }

    @Test
    void anInterruptedStartEndsAndStaysInterrupted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.currentThread().interrupt();
            Configuration configuration = load(Map.of(
                    "games.value.a",
                    "${ssm:/a}",
                    "chassis.parameters.timeout",
                    "2m",
                    "chassis.parameters.endpoint",
                    "http://127.0.0.1:" + silent.getLocalPort()));

            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(configuration::verify).hasMessageContaining("games.value.a");
        }
    }

    private Configuration load(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putIfAbsent("chassis.parameters.endpoint", aws.endpoint());
        Configuration configuration = Configuration.load(Map.of(), Map.of(), all);
        configuration.bind("games", Games.class);
        return configuration;
    }
}
