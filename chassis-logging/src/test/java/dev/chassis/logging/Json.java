package dev.chassis.logging;

import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Parses lines as a strict reader does: one object, nothing after it, no name twice. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> parse(String line) {
        return MAPPER.readValue(line, Map.class);
    }

    static List<Map<String, Object>> parseAll(List<String> lines) {
        return lines.stream().map(Json::parse).toList();
    }
}
