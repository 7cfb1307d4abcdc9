package dev.chassis.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/** {@link Json} through Jackson. Immutable and thread-safe. */
final class JsonCodec {

    private static final int MAX_NESTING = 100;

    private final JsonMapper mapper = build();

    byte[] encode(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    <T> T decode(byte[] bytes, Class<T> type) {
        if (bytes.length == 0) {
            throw new JsonException("is empty (expected: JSON)", JsonFault.ROOT, null);
        }
        try {
            T value = mapper.readValue(bytes, type);
            if (value == null) {
                throw new JsonException("is null (expected: " + Expected.of(type) + ")", JsonFault.ROOT, null);
            }
            return value;
        } catch (InvalidDefinitionException e) {
            throw e; // The type is at fault, not the sender.
        } catch (JacksonException e) {
            throw JsonFault.of(e);
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
