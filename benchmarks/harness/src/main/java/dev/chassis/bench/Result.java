package dev.chassis.bench;

import java.util.StringJoiner;

/** The last line of a benchmark: one flat JSON object. */
public final class Result {
    private final StringJoiner members = new StringJoiner(",", "{", "}");

    /** The result of the benchmark of that name. */
    public Result(String bench) {
        text("bench", bench);
    }

    /** Adds a text. */
    public Result text(String key, String value) {
        return member(key, '"' + value + '"');
    }

    /** Adds a whole number. */
    public Result count(String key, long value) {
        return member(key, Long.toString(value));
    }

    /** Adds a number with three decimals. */
    public Result ratio(String key, double value) {
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
