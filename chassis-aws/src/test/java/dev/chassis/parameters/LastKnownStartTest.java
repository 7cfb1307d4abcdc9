package dev.chassis.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Services that start, as processes of their own, one after the other, while AWS is there, is away, throttles or refuses. */
class LastKnownStartTest {

    @TempDir
    Path directory;

    @Test
    void aServiceStartsWhileAwsIsAwayByWhatItReadBefore() throws Exception {
        URI endpoint;
        try (MotoServer aws = MotoServer.start()) {
            endpoint = aws.endpoint();
            fill(endpoint);
            assertThat(start(endpoint, true))
                    .contains("user=u password=p below=b")
                    .doesNotContain("\"WARN\"");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        assertThat(start(endpoint, true))
                .contains("user=u password=p below=b")
                .contains("\"level\":\"WARN\"", "values that were read 0 min ago are used, from " + file());
        assertThat(start(endpoint, false))
                .contains("the configuration has 4 problems", "Connection refused")
                .doesNotContain("password=p");
    }

    @Test
    void aServiceStartsWhileAwsThrottlesAndNotWhereItRefuses() throws Exception {
        try (FakeAws aws = new FakeAws()) {
            URI endpoint = URI.create(aws.endpoint());
            aws.secret("games", "{\"password\":\"p\"}");
            aws.below("/below/games/below", "b");
            assertThat(start(endpoint, true)).contains("user=value of /games/user password=p below=b");

            aws.throttle(1000);
            assertThat(start(endpoint, true))
                    .contains("user=value of /games/user password=p below=b")
                    .contains("values that were read 0 min ago are used", "throttled 5 times");

            aws.throttle(0);
            aws.refuse("games", "AccessDeniedException", "no");
            assertThat(start(endpoint, true))
                    .contains("the configuration has 1 problem", "AccessDeniedException: no; allow the task's role")
                    .doesNotContain("password=p");
        }
    }

    private Path file() {
        return directory.resolve("last-known");
    }

    private static void fill(URI endpoint) {
        try (SsmClient ssm = SsmClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .endpointOverride(endpoint)
                        .build();
                SecretsManagerClient secrets = SecretsManagerClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .endpointOverride(endpoint)
                        .build()) {
            ssm.putParameter(request -> request.name("/games/user").value("u").type(ParameterType.SECURE_STRING));
            ssm.putParameter(
                    request -> request.name("/below/games/below").value("b").type(ParameterType.STRING));
            secrets.createSecret(request -> request.name("games").secretString("{\"password\":\"p\"}"));
        }
    }

    /** All that a process says, which ends by itself when it is ready. */
    private String start(URI endpoint, boolean keeping) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Daws.accessKeyId=test",
                "-Daws.secretAccessKey=test",
                "-Daws.region=eu-west-1",
                "-cp",
                System.getProperty("java.class.path"),
                LastKnownProcess.class.getName(),
                "--chassis.parameters.endpoint=" + endpoint));
        if (keeping) {
            command.add("--chassis.parameters.cache-file=" + file());
        }
        Path output = directory.resolve("output.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        Files.delete(output);
        return said;
    }
}
