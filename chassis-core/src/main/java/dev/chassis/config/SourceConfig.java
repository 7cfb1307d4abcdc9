package dev.chassis.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys that say where more configuration is. They are read before the files they name, and may not stand in those. */
@ConfigMapping(prefix = SourceConfig.PREFIX)
@Description("Where configuration comes from.")
interface SourceConfig {

    String PREFIX = "chassis";
    String PROFILE = "chassis.profile";
    String CONFIG_FILE = "chassis.config-file";
    List<String> KEYS = List.of(PROFILE, CONFIG_FILE);

    /** The profile. */
    @Description("The profile: application-<profile>.properties on the class path goes over application.properties.")
    Optional<String> profile();

    /** The file. */
    @Description("A properties file in UTF-8 that goes over those on the class path.")
    Optional<Path> configFile();
}
