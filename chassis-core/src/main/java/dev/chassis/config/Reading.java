package dev.chassis.config;

import java.util.ArrayList;
import java.util.List;

/** One reading of a mapping: what it asks, and what it leaves behind. Used by one thread. */
final class Reading {

    /** Stands for a value that could not be read. */
    static final Object BAD = new Object();

    /** Stands for an optional value that is not set. */
    static final Object ABSENT = new Object();

    private final Values values;
    private final Findings findings;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Configuration.Entry> entries = new ArrayList<>();

    /** A reading whose proxies throw the problems among the findings. */
    Reading(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    Value value(Slot slot, boolean secret) {
        Value value = values.value(slot.key(), slot.fallback(), secret);
        entries.add(value.entry());
        return value;
    }

    /** Reports a problem. */
    Object bad(Value value, String expected) {
        return bad(value.problem(expected));
    }

    /** Reports a value that must be there and is not. */
    Object missing(Value value, String expected) {
        String remedy = value.origin().isEmpty()
                ? "; environment variable " + Keys.environmentName(value.key())
                : ", not an empty value";
        return bad(value, expected + remedy);
    }

    Object bad(Problem problem) {
        problems.add(problem);
        return BAD;
    }

    Values values() {
        return values;
    }

    Findings findings() {
        return findings;
    }

    List<Problem> problems() {
        return problems;
    }

    List<Configuration.Entry> entries() {
        return entries;
    }
}
