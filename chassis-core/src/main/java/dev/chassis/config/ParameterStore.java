package dev.chassis.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads parameters and secrets from where they are kept, for values that name them: <code>${ssm:/games/db}</code>,
 * <code>${secret:games#password}</code>. Found by {@link java.util.ServiceLoader}, and only when a value names one or
 * {@code chassis.parameters.path} is set; the one for AWS is in chassis-aws.
 *
 * <p>Implementations have a public constructor without parameters, and are used by one thread, once.
 */
public interface ParameterStore {

    /**
     * Reads all that is asked for, within the time the request gives. Never throws for what goes wrong: that is an answer.
     *
     * @return for each reference either a value or a failure
     */
    Answers read(Request request);

    /** What a reference refers to. */
    enum Kind {
        /** A parameter. */
        SSM,
        /** A secret, or one member of it. */
        SECRET,
        /** Every parameter below a path. */
        PATH
    }

    /**
     * One thing to read. Immutable.
     *
     * @param name the name, ARN or path
     * @param member the member of the JSON object that a secret is; empty for all of its text
     */
    record Reference(Kind kind, String name, String member) {

        /** As it is written in a value, and told as an origin: {@code ssm:/games/db}, {@code secret:games#password}. */
        @Override
        public String toString() {
            return (kind == Kind.SECRET ? "secret:" : "ssm:") + name + (member.isEmpty() ? "" : "#" + member);
        }
    }

    /**
     * Everything to read. Immutable.
     *
     * @param references never empty; at most one is a path
     * @param timeout the time all of it may take
     * @param endpoint the address of the store, where it is not the usual one
     * @param region the region, where it is not the one of this place
     */
    record Request(Set<Reference> references, Duration timeout, Optional<URI> endpoint, Optional<String> region) {

        /** Copies what may change. */
        public Request {
            references = Set.copyOf(references);
        }
    }

    /**
     * What was found. Immutable; its text form tells no value.
     *
     * @param values by reference
     * @param below what is below the path, by full names
     * @param failures why there is none, by reference: what was expected of the reference, the reason and what to do, without any value
     * @param unreachable those of the failures that say nothing of what was asked for, because the store did not answer or had too much to do; a
     *     value that was known before may stand for it
     */
    record Answers(
            Map<Reference, String> values,
            Map<String, String> below,
            Map<Reference, String> failures,
            Set<Reference> unreachable) {

        /** Copies what may change. */
        public Answers {
            values = Map.copyOf(values);
            below = Map.copyOf(below);
            failures = Map.copyOf(failures);
            unreachable = Set.copyOf(unreachable);
        }

        /** Answers of a store that was reached. */
        public Answers(Map<Reference, String> values, Map<String, String> below, Map<Reference, String> failures) {
            this(values, below, failures, Set.of());
        }

        @Override
        public String toString() {
            return "Answers[values of " + values.keySet() + ", " + below.keySet() + ", failures=" + failures + "]";
        }
    }
}
