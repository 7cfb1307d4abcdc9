package dev.chassis.ecs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object of the agent, whose members may be missing. Read by the streaming half of Jackson: the binding half, which {@code
 * dev.chassis.json} uses, takes longer to load than a service to start. Immutable.
 */
final class Document {

    private final Map<String, @Nullable Object> members;

    private Document(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /**
     * The object in these bytes.
     *
     * @throws IOException if there is none
     */
    static Document of(byte[] json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                return new Document(object(parser));
            }
        } catch (JacksonException e) { // It may quote what it read, which is nobody's business.
            throw new IOException("no JSON (expected: a JSON object)");
        }
        throw new IOException("no JSON object (expected: a JSON object)");
    }

    /** A member that is text, a number or a boolean, as text; empty for all others. */
    String text(String name) {
        Object value = members.get(name);
        return value instanceof String text ? text : "";
    }

    /** A member that is a whole number; empty for all others. */
    OptionalLong number(String name) {
        try {
            return OptionalLong.of(Long.parseLong(text(name)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A member that is an object; one without members for all others. */
    @SuppressWarnings("unchecked") // no other maps are made here
    Document object(String name) {
        return new Document(
                members.get(name) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of());
    }

    Set<String> names() {
        return members.keySet();
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            members.put(name, value(parser, parser.nextToken()));
        }
        return members;
    }

    /** Scalars stay the text they were written as. */
    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return elements;
    }
}
