package dev.chassis.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class AdminConfigTest {

    @Test
    void listensOnLoopbackByDefault() {
        AdminConfig config = mapped(new SmallRyeConfigBuilder());
        assertThat(config.enabled()).isTrue();
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8081);
    }

    @Test
    void readsItsKeys() {
        AdminConfig config = mapped(new SmallRyeConfigBuilder()
                .withDefaultValue("chassis.admin.enabled", "false")
                .withDefaultValue("chassis.admin.host", "0.0.0.0")
                .withDefaultValue("chassis.admin.port", "0"));
        assertThat(config.enabled()).isFalse();
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isZero();
    }

    private static AdminConfig mapped(SmallRyeConfigBuilder builder) {
        SmallRyeConfig config = builder.withMapping(AdminConfig.class).build();
        return config.getConfigMapping(AdminConfig.class);
    }
}
