package dev.chassis.http;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values to JSON and back, through Jackson. Nothing that a client sends is bent into shape; what we send keeps the order of its
 * declaration. Immutable and thread-safe.
 */
final class JsonCodec {

    private static final int MAX_NESTING = 100;

    private final JsonMapper mapper = build();

    byte[] encode(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /**
     * The value of a body.
     *
     * @throws HttpException 400 if it is no JSON of that shape
     */
    <T> T decode(byte[] body, Class<T> type) {
        if (body.length == 0) {
            throw HttpException.badRequest("The body is empty (expected: JSON).");
        }
        try {
            T value = mapper.readValue(body, type);
            if (value == null) {
                throw HttpException.badRequest("The body is null (expected: " + JsonProblem.expected(type) + ").");
            }
            return value;
        } catch (InvalidDefinitionException e) {
            throw e; // The type is at fault, not the client.
        } catch (JacksonException e) {
            throw JsonProblem.of(e);
        }
    }

    private static JsonMapper build() {
        StreamReadConstraints limits =
                StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build();
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .annotationIntrospector(new RequiredPrimitives())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .build();
    }
}
