package dev.chassis.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Says what is wrong with a document, and where, in words of our own: those of the library name classes and features, which are nobody's
 * business outside.
 */
final class JsonFault {

    /** The path of a whole document. */
    static final String ROOT = "$";

    private static final int MAX_PATH = 16;
    private static final int MAX_NAME = 64;

    private JsonFault() {}

    static JsonException of(JacksonException failure) {
        String path = path(failure.getPath());
        return new JsonException(fault(failure, path) + where(failure.getLocation()), path, failure);
    }

    private static String fault(JacksonException failure, String path) {
        if (failure instanceof StreamConstraintsException) {
            return "is nested too deeply, or a number or name in it is too long";
        }
        Class<?> target = target(failure);
        if (target != null) {
            return "has a wrong value at " + path + " (expected: " + Expected.of(target) + ")";
        }
        return failure instanceof DatabindException ? "has an invalid value at " + path : "is not JSON";
    }

    private static @Nullable Class<?> target(JacksonException failure) {
        if (failure instanceof InputCoercionException coercion) {
            return coercion.getTargetType();
        }
        // A type id names a class of ours or nothing: what it should have been is not for the client.
        boolean mismatch = failure instanceof MismatchedInputException && !(failure instanceof InvalidTypeIdException);
        return mismatch ? ((MismatchedInputException) failure).getTargetType() : null;
    }

    private static String where(@Nullable TokenStreamLocation location) {
        if (location == null || location.getLineNr() < 1) {
            return "";
        }
        return ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder(ROOT);
        for (int i = 0; i < references.size() && i < MAX_PATH; i++) {
            JacksonException.Reference reference = references.get(i);
            String name = reference.getPropertyName();
            if (name == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append('.').append(shortened(name));
            }
        }
        return references.size() > MAX_PATH ? path.append("…").toString() : path.toString();
    }

    private static String shortened(String name) {
        if (name.length() <= MAX_NAME) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(MAX_NAME - 1)) ? MAX_NAME - 1 : MAX_NAME;
        return name.substring(0, end) + "…";
    }
}
