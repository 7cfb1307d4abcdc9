package dev.chassis.messaging;

import com.rabbitmq.client.LongString;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Header values without the types of the client. */
final class Values {

    private Values() {}

    /** The same headers, texts as {@link String}. */
    static Map<String, Object> plain(Map<String, Object> headers) {
        if (headers.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        headers.forEach((name, value) -> plain.put(name, plain(value)));
        return Collections.unmodifiableMap(plain);
    }

    @SuppressWarnings("unchecked") // AMQP 0-9-1, section 4.2.5.5: the keys of a field table are short strings.
    private static Object plain(Object value) {
        if (value instanceof LongString text) {
            return text.toString();
        }
        if (value instanceof Map<?, ?> map) {
            return plain((Map<String, Object>) map);
        }
        return value instanceof List<?> list ? list.stream().map(Values::plain).toList() : value;
    }
}
