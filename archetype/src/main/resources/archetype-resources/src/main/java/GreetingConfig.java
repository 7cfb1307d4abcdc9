package ${package};

import dev.chassis.config.Description;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What may differ between environments. */
@ConfigMapping(prefix = "greeting")
public interface GreetingConfig {

    @Description("The word a greeting begins with.")
    @WithDefault("Hello")
    String salutation();
}
