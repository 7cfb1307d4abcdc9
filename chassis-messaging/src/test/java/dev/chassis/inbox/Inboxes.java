package dev.chassis.inbox;

import dev.chassis.config.Configuration;
import dev.chassis.messaging.Delivery;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings and deliveries for tests. */
final class Inboxes {

    private Inboxes() {}

    /** A configuration with these keys, without their prefix, given as key, value, key, value. */
    static InboxConfig config(String... keysAndValues) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            overrides.put("chassis.inbox." + keysAndValues[i], keysAndValues[i + 1]);
        }
        Configuration configuration = Configuration.load(Map.of(), Map.of(), overrides);
        InboxConfig config = configuration.bind(InboxConfig.class);
        configuration.verify();
        return config;
    }

    static Delivery<String> delivery(String messageId) {
        return new Delivery<>("body", messageId, "text/plain", "", "queue", "queue", 1, false, Map.of());
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
