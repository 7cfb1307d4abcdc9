package dev.chassis.messaging;

import tools.jackson.databind.json.JsonMapper;

/** Values to JSON. In a class of its own, so that the library is loaded by whoever uses it first. */
final class JsonBody {

    private static final JsonMapper MAPPER = JsonMapper.builder().build(); // immutable

    private JsonBody() {}

    static byte[] encode(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }
}
