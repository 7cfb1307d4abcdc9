package dev.chassis.bench.dropwizard;

import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;

/** Dropwizard with one resource and one connector. Run as {@code server config.yml}; the port is an override. */
public final class DropwizardServer extends Application<Configuration> {
    /**
     * Serves until the process is killed.
     *
     * @param args Dropwizard's command line
     * @throws Exception if the service does not start
     */
    public static void main(String[] args) throws Exception {
        new DropwizardServer().run(args);
    }

    @Override
    public void initialize(Bootstrap<Configuration> bootstrap) {
        bootstrap.setConfigurationSourceProvider(new ResourceConfigurationSourceProvider());
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
        environment.jersey().register(new HelloResource());
    }
}
