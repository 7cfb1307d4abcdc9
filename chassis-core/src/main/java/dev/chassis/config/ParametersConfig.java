package dev.chassis.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How parameters are read. These keys are read before the parameters, and may not be some. */
@ConfigMapping(prefix = ParametersConfig.PREFIX)
@Description(
        "How values that name parameters are read, as in ${ssm:/games/db} and ${secret:games#password}. Needs chassis-aws.")
public interface ParametersConfig {

    String PREFIX = "chassis.parameters";
    String PATH = "chassis.parameters.path";
    String CACHE_FILE = "chassis.parameters.cache-file";

    /** Whether any is read. */
    @WithDefault("true")
    @Description(
            "Whether parameters are read. Off, a value that names one is as good as not set, as it is with --train.")
    boolean enabled();

    /** Where a whole layer is. */
    @Description(
            "A path of Parameter Store: every parameter below it is a key, /games/prod/db/url with path /games/prod/ is"
                    + " db.url. They go over every file and under the environment.")
    Optional<String> path();

    /** How long all of them may take. */
    @WithDefault("10s")
    @Range(min = "100ms", max = "2m")
    @Description("The time in which all parameters are read, in parallel.")
    Duration timeout();

    /** Where AWS is. */
    @Description("The address of Systems Manager and Secrets Manager, where it is not that of the region: an emulator.")
    Optional<URI> endpoint();

    /** The region. */
    @Description("The region. Not set: what the AWS SDK finds, which on ECS is AWS_REGION.")
    Optional<String> region();

    /** Where the values are kept that were read last. */
    @Description(
            "A file that keeps what was read last, for a start while AWS does not answer or throttles. The values are in plain text,"
                    + " readable by their owner alone. Not set: nothing is kept.")
    Optional<Path> cacheFile();

    /** How old they may be. */
    @WithDefault("24h")
    @Range(min = "1m", max = "90d")
    @Description("How long ago what is kept may have been read; what is older is not used.")
    Duration cacheMaxAge();
}
