package dev.chassis.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.ConfigException;
import dev.chassis.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes with an environment of their own: what they load, and what they say where nothing of AWS is set. */
class FreshProcessTest {

    @TempDir
    Path directory;

    interface Games {
        Optional<String> value();
    }

    /** The fresh process. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            try {
                Configuration configuration =
                        Configuration.load(arguments.length == 0 ? Map.of() : Map.of("games.value", arguments[0]));
                configuration.bind("games", Games.class);
                configuration.verify();
                System.out.println("verified");
            } catch (ConfigException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void withoutAnExpressionNothingOfAwsIsLoaded() throws Exception {
        Path classes = directory.resolve("classes.log");
        String said = run(List.of("-Xlog:class+load:file=" + classes), "a${x:ssm}");

        assertThat(said).isEqualTo("verified\n");
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("dev.chassis.config.Configuration "))
                .noneMatch(line -> line.contains("software.amazon")
                        || line.contains("dev.chassis.parameters.AwsParameters")
                        || line.contains("dev.chassis.config.ParameterStore"));
    }

    /** So that the test above can fail. */
    @Test
    void withAnExpressionItIs() throws Exception {
        Path classes = directory.resolve("classes.log");
        run(List.of("-Xlog:class+load:file=" + classes, "-Daws.region=eu-west-1"), "${ssm:/x}");

        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("software.amazon.awssdk.services.ssm.SsmClient "))
                .anyMatch(line -> line.contains("dev.chassis.parameters.AwsParameters "))
                .noneMatch(line -> line.contains("secretsmanager.SecretsManagerClient "));
    }

    @Test
    void withoutARegionItIsAskedFor() throws Exception {
        assertThat(run(List.of(), "${ssm:/x}"))
                .isEqualTo(
                        "the configuration has 1 problem:\n  games.value from command line (expected: a region to read ssm:/x from;"
                                + " set AWS_REGION, which ECS does, or chassis.parameters.region)\n");
    }

    @Test
    void withoutCredentialsARoleIsAskedFor() throws Exception {
        assertThat(run(List.of("-Daws.region=eu-west-1"), "${secret:x#y}"))
                .isEqualTo(
                        "the configuration has 1 problem:\n  games.value from command line (expected: credentials to read"
                                + " secret:x#y with; give the task definition a task role (taskRoleArn), or on a developer's machine set"
                                + " AWS_PROFILE)\n");
    }

    private String run(List<String> options, String value) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Daws.disableEc2Metadata=true");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), value));
        Path output = directory.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_CONFIG_FILE", directory.resolve("none").toString());
        builder.environment()
                .put("AWS_SHARED_CREDENTIALS_FILE", directory.resolve("none").toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output);
        return text.substring(Math.max(0, text.startsWith("verified") ? 0 : text.indexOf("the configuration has")));
    }
}
