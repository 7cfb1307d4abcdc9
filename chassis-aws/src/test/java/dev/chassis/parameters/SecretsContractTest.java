package dev.chassis.parameters;

import dev.chassis.config.Configuration;
import dev.chassis.config.ParametersConfig;
import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import java.util.Map;

class SecretsContractTest implements ComponentContract {

    @Override
    public Component create() {
        return Secrets.of(Configuration.load(Map.of(), Map.of(), Map.of()).bind(ParametersConfig.class));
    }
}
