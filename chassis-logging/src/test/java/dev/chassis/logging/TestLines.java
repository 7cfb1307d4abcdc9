package dev.chassis.logging;

import java.util.Map;

/** Lines by their message. */
final class TestLines {

    private TestLines() {}

    static Line line(String msg) {
        return new Line(0, 0, "INFO", "test", "main", msg, null, null, CommonFields.NONE, Map.of(), null);
    }
}
