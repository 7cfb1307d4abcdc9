package dev.chassis.logging;

/** Lines by their message. */
final class TestLines {

    private TestLines() {}

    static Line line(Severity level, String msg, boolean audit) {
        return new Line(
                0, 0, level, "test", "main", msg, null, null, null, CommonFields.NONE, Fields.NONE, null, audit);
    }

    static Line line(String msg) {
        return line(Severity.INFO, msg, false);
    }
}
