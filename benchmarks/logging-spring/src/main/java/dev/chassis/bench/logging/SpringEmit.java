package dev.chassis.bench.logging;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;

/** Lets Spring Boot set up its structured logging, then emits as the others do. */
public final class SpringEmit {
    private SpringEmit() {}

    /**
     * Emits.
     *
     * @param args as those of {@link Emit}
     * @throws Exception if it is interrupted
     */
    public static void main(String[] args) throws Exception {
        SpringApplication application = new SpringApplication(SpringEmit.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.run("--logging.structured.format.console=logstash");
        Emit.main(args);
    }
}
