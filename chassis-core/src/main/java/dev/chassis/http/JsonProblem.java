package dev.chassis.http;

import java.util.Collection;
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
 * Says what is wrong with a body, and where, in words of our own: those of the library name classes and features, which are nobody's
 * business outside.
 */
final class JsonProblem {

    private static final int MAX_PATH = 16;

    private JsonProblem() {}

    static HttpException of(JacksonException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException answer) {
                return answer;
            }
        }
        String path = path(failure.getPath());
        HttpException problem =
                HttpException.badRequest("The body " + fault(failure, path) + where(failure.getLocation()) + ".");
        return path.equals("$") ? problem : problem.with("path", path);
    }

    /** What a client should send for a value of this type. */
    static String expected(Class<?> type) {
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        if (type.isEnum()) {
            return ParameterType.ENUM.expected(type);
        }
        if (Number.class.isAssignableFrom(type)
                || type.isPrimitive()
                || type.getName().startsWith("java.")) {
            return expectedOfLibrary(type);
        }
        return "an object";
    }

    private static String expectedOfLibrary(Class<?> type) {
        try {
            return ParameterType.of(type).expected(type);
        } catch (IllegalArgumentException e) {
            return Number.class.isAssignableFrom(type) ? "a number" : "another value";
        }
    }

    private static String fault(JacksonException failure, String path) {
        if (failure instanceof StreamConstraintsException) {
            return "is nested too deeply, or a number or name in it is too long";
        }
        Class<?> target = target(failure);
        if (target != null) {
            return "has a wrong value at " + path + " (expected: " + expected(target) + ")";
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
        StringBuilder path = new StringBuilder("$");
        for (int i = 0; i < references.size() && i < MAX_PATH; i++) {
            JacksonException.Reference reference = references.get(i);
            String name = reference.getPropertyName();
            if (name == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append('.').append(Shortened.text(name));
            }
        }
        return references.size() > MAX_PATH ? path.append("…").toString() : path.toString();
    }
}
