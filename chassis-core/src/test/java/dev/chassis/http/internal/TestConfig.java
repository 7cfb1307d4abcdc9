package dev.chassis.http.internal;

import dev.chassis.http.HttpConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real mapping with its real defaults, on a free port of this host unless told otherwise. */
public final class TestConfig {

    private TestConfig() {}

    /** Keys without {@code chassis.http.}, each followed by its value. */
    public static HttpConfig of(String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        values.put("chassis.http.port", "0");
        values.put("chassis.http.host", "127.0.0.1");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put("chassis.http." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return mapped(values);
    }

    public static HttpConfig mapped(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(HttpConfig.class)
                .withConverter(Duration.class, 200, TestConfig::duration)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(HttpConfig.class);
    }

    private static @Nullable Duration duration(String text) {
        if (text.isEmpty()) {
            return null; // how an optional value that is not there is asked for
        }
        return Duration.parse(text.endsWith("ms") ? "PT" + millis(text) + "S" : "PT" + text);
    }

    private static double millis(String text) {
        return Integer.parseInt(text.substring(0, text.length() - 2)) / 1000.0;
    }
}
