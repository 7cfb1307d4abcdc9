package dev.chassis.config;

import java.util.List;

/** The configuration is wrong. The message has one line per problem, is ready for the terminal and contains no secret. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** All the problems found, in the order they were found. */
    public ConfigException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, unmodifiable. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        StringBuilder lines = new StringBuilder("the configuration has ")
                .append(problems.size())
                .append(problems.size() == 1 ? " problem:" : " problems:");
        for (Problem problem : problems) {
            lines.append("\n  ").append(problem);
        }
        return lines.toString();
    }
}
