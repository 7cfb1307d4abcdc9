package dev.chassis.websocket;

import dev.chassis.config.Configuration;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.websocket.WebSocketRequest;
import dev.chassis.testing.websocket.WebSocketTestClient;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What the tests of sessions share. */
final class Sockets {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Sockets() {}

    static WebSocketConfig config(String... keysAndValues) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            overrides.put("chassis.websocket." + keysAndValues[i], keysAndValues[i + 1]);
        }
        Configuration configuration = Configuration.load(Map.of(), Map.of(), overrides);
        WebSocketConfig config = configuration.bind(WebSocketConfig.class);
        configuration.verify();
        return config;
    }

    static URI uri(ChassisExtension service, String path) {
        return URI.create("ws://127.0.0.1:" + service.service().port() + path);
    }

    static WebSocketRequest to(ChassisExtension service, String path) {
        return WebSocketTestClient.to(uri(service, path)).timeout(PATIENCE);
    }

    static WebSocketTestClient connect(ChassisExtension service, String path) {
        return to(service, path).connect();
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE);
    }

    static double metric(ChassisExtension service, String line) {
        return service.admin()
                .get("/metrics")
                .body()
                .lines()
                .filter(one -> one.startsWith(line))
                .mapToDouble(one -> Double.parseDouble(one.substring(one.lastIndexOf(' ') + 1)))
                .sum();
    }
}
