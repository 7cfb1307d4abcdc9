package dev.chassis.http;

import dev.chassis.json.JsonException;

/** The answer to a body that is no JSON of its type. */
final class JsonProblem {

    private JsonProblem() {}

    static HttpException of(JsonException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException answer) {
                return answer; // A record knew best what is wrong with it.
            }
        }
        HttpException problem = HttpException.badRequest("The body " + failure.problem() + ".");
        return failure.path().equals("$") ? problem : problem.with("path", failure.path());
    }
}
