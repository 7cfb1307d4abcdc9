package dev.chassis.messaging;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON nearly as strict as the server's: nothing is bent into shape, members nobody knows are skipped so that publishers may add some; only
 * a primitive that was not sent is zero here. Immutable. A class of its own, so that consumers of bytes load no Jackson.
 */
final class JsonDecoder<T> implements Decoder<T> {

    private static final int MAX_NESTING = 100;

    private final ObjectReader reader;
    private final Class<T> type;

    JsonDecoder(Class<T> type) {
        this.type = type;
        this.reader = mapper().readerFor(type);
    }

    @Override
    public T decode(byte[] body) throws UndecodableException {
        try {
            T value = reader.readValue(body);
            if (value == null) {
                throw new UndecodableException("the body is null (expected: " + type.getSimpleName() + ")", null);
            }
            return value;
        } catch (InvalidDefinitionException e) {
            throw e; // The type is at fault, not the message: with the next version of the service it may work.
        } catch (JacksonException e) {
            throw new UndecodableException(
                    "the body is no JSON of a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    private static JsonMapper mapper() {
        StreamReadConstraints limits =
                StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build();
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .build();
    }
}
