package dev.chassis.parameters;

import dev.chassis.config.ParameterStore;

/**
 * Reads parameters from AWS Systems Manager and secrets from AWS Secrets Manager, all in parallel: parameters ten in a call, secrets one, what is
 * below a path page by page.
 *
 * <p>Nobody makes one: the core finds it by {@link java.util.ServiceLoader} when a value of the configuration names a parameter.
 */
public final class AwsParameters implements ParameterStore {

    /** For the service loader. */
    public AwsParameters() {}

    @Override
    public Answers read(Request request) {
        try (Fetch fetch = new Fetch(request)) {
            return fetch.answers();
        }
    }
}
