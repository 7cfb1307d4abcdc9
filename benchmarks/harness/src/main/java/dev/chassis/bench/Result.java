package dev.chassis.bench;

import java.util.StringJoiner;

/** The last line of a benchmark: one flat JSON object. */
final class Result {
    private final StringJoiner members = new StringJoiner(",", "{", "}");

    Result(String bench) {
        text("bench", bench);
    }

    Result text(String key, String value) {
        return member(key, '"' + value + '"');
    }

    Result count(String key, long value) {
        return member(key, Long.toString(value));
    }

    Result ratio(String key, double value) {
        return member(key, Table.number(value, 3));
    }

    @Override
    public String toString() {
        return members.toString();
    }

    private Result member(String key, String json) {
        members.add('"' + key + "\":" + json);
        return this;
    }
}
