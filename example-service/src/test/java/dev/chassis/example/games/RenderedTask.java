package dev.chassis.example.games;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.testing.Require;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The container that Terraform renders for this service: terraform-module/contract/platform-games.json, which its test keeps up to date. */
final class RenderedTask {

    private static final Path DEFINITIONS = Path.of("..", "terraform-module", "contract", "platform-games.json");

    private final JsonNode container =
            new JsonMapper().readTree(DEFINITIONS.toFile()).get(0);

    /** From SIGTERM to SIGKILL. */
    Duration stopTimeout() {
        return Duration.ofSeconds(container.get("stopTimeout").asInt());
    }

    /** Exactly its environment, and for each of its secrets what this machine has. */
    Map<String, String> environment(Playground playground) {
        Map<String, String> environment = new HashMap<>();
        container
                .get("environment")
                .forEach(variable -> environment.put(
                        variable.get("name").asString(), variable.get("value").asString()));
        Map<String, String> known = secrets(playground);
        container.get("secrets").forEach(secret -> {
            String name = secret.get("name").asString();
            assertThat(known).as("a value for the secret").containsKey(name);
            environment.put(name, known.get(name));
        });
        return environment;
    }

    private static Map<String, String> secrets(Playground playground) {
        Map<String, String> jdbc = playground.jdbc();
        DevServer rabbit = Require.server(DevServices.RABBITMQ);
        return Map.of(
                "CHASSIS_JDBC_URL", jdbc.get("chassis.jdbc.url"),
                "CHASSIS_JDBC_USER", jdbc.get("chassis.jdbc.user"),
                "CHASSIS_JDBC_PASSWORD", jdbc.getOrDefault("chassis.jdbc.password", "trusted"),
                "CHASSIS_REDIS_URL", Require.server(DevServices.REDIS).url(),
                "CHASSIS_RABBIT_ADDRESSES", URI.create(rabbit.url()).getAuthority(),
                "CHASSIS_RABBIT_USERNAME", rabbit.username().isEmpty() ? "guest" : rabbit.username(),
                "CHASSIS_RABBIT_PASSWORD", rabbit.password().isEmpty() ? "guest" : rabbit.password(),
                "CHASSIS_HAZELCAST_MEMBERS",
                        Require.server(DevServices.HAZELCAST).url());
    }
}
