package dev.chassis.messaging;

import dev.chassis.json.Json;
import dev.chassis.json.JsonException;

/** JSON as strict as the server's. Immutable. */
final class JsonDecoder<T> implements Decoder<T> {

    private final Json json = new Json();
    private final Class<T> type;

    JsonDecoder(Class<T> type) {
        this.type = type;
    }

    /** What the library throws of a type that it cannot read is not caught: with the next version of the service it may work. */
    @Override
    public T decode(byte[] body) throws UndecodableException {
        try {
            return json.decode(body, type);
        } catch (JsonException e) {
            throw new UndecodableException("the body " + e.problem(), e);
        }
    }
}
