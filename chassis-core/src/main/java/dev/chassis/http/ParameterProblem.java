package dev.chassis.http;

/** The 400s of parameters. What was wrong is told twice: in words, and in members a program can read. */
final class ParameterProblem {

    private ParameterProblem() {}

    /** A value that is not what was expected. */
    static HttpException invalid(String kind, String name, String value, String expected) {
        String shown = Shortened.text(value);
        return HttpException.badRequest(kind + " \"" + name + "\": \"" + shown + "\" (expected: " + expected + ")")
                .with("parameter", name)
                .with("value", shown)
                .with("expected", expected);
    }

    /** A query parameter that must be there and is not. */
    static HttpException missing(String name) {
        return HttpException.badRequest("query parameter \"" + name + "\" is missing")
                .with("parameter", name);
    }
}
