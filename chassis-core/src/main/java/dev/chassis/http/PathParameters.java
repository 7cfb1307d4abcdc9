package dev.chassis.http;

import java.util.List;

/**
 * The path parameters of one request.
 *
 * @param values as many as names, in the same order; not to be changed
 */
record PathParameters(List<String> names, String[] values) {

    static final PathParameters NONE = new PathParameters(List.of(), new String[0]);

    String value(String name, String template) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "path parameter: \"" + name + "\" (expected: one of " + names + ", as in " + template + ")");
        }
        return values[index];
    }
}
